using System.CommandLine;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Reports;

namespace Altar.Cli.Verbs;

/// <summary><c>altar inria split</c>: checks the benchmark's layout and sets the first five tiles of each city aside.</summary>
internal sealed class InriaSplitVerb : Verb
{
    private readonly Option<string> _data = new("--data") { Description = "The folder with train/images, train/gt and, if it is there, test/images.", HelpName = "DIR", Required = true };
    private readonly Option<string?> _out = new("--out") { Description = "Where train.csv and val.csv (image, mask, city) are written. Default: nothing is written.", HelpName = "DIR" };

    public InriaSplitVerb() : base("split", "Checks names, partners and sizes, and splits: tiles 1 to 5 of each city validate, the others train.",
        "altar inria split --data AerialImageDataset --out inria")
    {
        Add(_data);
        Add(_out);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var set = InriaSet.Open(words.GetValue(_data)!, interruption.Token);
        var (train, val) = words.GetValue(_out) is { } folder ? InriaTables.WriteManifests(folder, set) : default((string?, string?));
        var cities = CitiesOf(set);

        var table = Columns.Of(1, "city", "train", "val", "test");
        foreach (var (name, counts) in cities) table.Add(name, $"{counts.Train}", $"{counts.Val}", $"{counts.Test}");
        table.Add("all", $"{set.Train.Count}", $"{set.Val.Count}", $"{set.Test.Count}");
        screen.Write(table);
        if (set.Test.Count == 0) screen.Line($"There is no {Path.Combine(set.Root, "test", "images")}: nothing to submit.");
        screen.Line(train is null ? "Nothing was written; --out DIR writes train.csv and val.csv." : $"The split is in {train} and {val}");
        screen.Result(new { Data = set.Root, Train = set.Train.Count, Val = set.Val.Count, Test = set.Test.Count, Cities = cities, TrainManifest = train, ValManifest = val });
        return ExitCode.Ok;
    }

    private static Dictionary<string, Counts> CitiesOf(InriaSet set)
    {
        var names = set.Train.Concat(set.Val).Select(pair => pair.Tile.City).Concat(set.Test.Select(file => file.Tile.City));
        return names.Distinct().ToDictionary(name => name, name => new Counts(
            set.Train.Count(pair => pair.Tile.City == name), set.Val.Count(pair => pair.Tile.City == name), set.Test.Count(file => file.Tile.City == name)));
    }

    private readonly record struct Counts(int Train, int Val, int Test);
}
