using System.CommandLine;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Inference;
using Altar.Metrics;
using Altar.Reports;

namespace Altar.Cli.Verbs;

/// <summary><c>altar inria evaluate</c>: predicted masks against true ones, as the benchmark counts.</summary>
internal sealed class InriaEvaluateVerb : Verb
{
    private readonly Option<string> _predictions = new("--pred") { Description = "Predicted masks: CITY and NUMBER as tif or png, one band of 0 and 255.", HelpName = "DIR", Required = true };
    private readonly Option<string> _truth = new("--gt") { Description = "True masks of the same names and sizes.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _val = new("--val") { Description = "Judges the tiles 1 to 5 of each city, and passes over the others." };
    private readonly Option<string?> _csv = new("--csv") { Description = "Writes a row a city and one overall, with the counts.", HelpName = "FILE" };
    private readonly Option<string?> _tiles = new("--tiles") { Description = "Writes a row a tile.", HelpName = "FILE" };
    private readonly Option<bool> _leaderboard = new("--leaderboard") { Description = "Places the overall score among the thirteen entries of the talk." };

    public InriaEvaluateVerb() : base("evaluate", "IoU and accuracy of each city, and over all pixels together.",
        "altar inria evaluate --pred predictions --gt AerialImageDataset/train/gt --val --csv scores.csv", "altar inria evaluate --pred predictions --gt masks --json > scores.json")
    {
        Add(_predictions);
        Add(_truth);
        Add(_val);
        Add(_csv);
        Add(_tiles);
        Add(_leaderboard);
        Add(InferenceOptions.Threads);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var pairs = InriaPair.Match(words.GetValue(_predictions)!, words.GetValue(_truth)!, words.GetValue(_val));
        using var count = new PictureCount(screen, pairs.Count, TimeProvider.System, "tiles");
        var scores = InriaEvaluator.Evaluate(pairs, InferenceOptions.ThreadsOf(words), count, interruption.Token);
        count.Dispose();
        if (words.GetValue(_csv) is { } csv) InriaTables.WriteCities(csv, scores);
        if (words.GetValue(_tiles) is { } tiles) InriaTables.WriteTiles(tiles, scores);

        Print(scores, screen);
        if (words.GetValue(_leaderboard)) InriaLeaderboardVerb.Print(InriaLeaderboard.Table(Own(scores)), screen);
        screen.Result(ToJson(scores));
        return ExitCode.Ok;
    }

    private static void Print(InriaScores scores, Screen screen)
    {
        var table = Columns.Of(1, "city", "tiles", "IoU", "accuracy");
        foreach (var city in scores.Cities) table.Add(city.Name, $"{city.Tiles}", Text.Points(city.Score.IoU), Text.Points(city.Score.Accuracy));
        table.Add("overall", $"{scores.Tiles.Count}", Text.Points(scores.Overall.IoU), Text.Points(scores.Overall.Accuracy));
        var constant = scores.Overall.OfNoBuilding;
        table.Add("no building at all", $"{scores.Tiles.Count}", Text.Points(constant.IoU), Text.Points(constant.Accuracy));
        screen.Write(table);
        screen.Line("In percent. Overall counts all pixels together; it is not the mean of the cities.");
    }

    private static InriaEntry Own(InriaScores scores) => new("yours", new InriaShares(scores.Overall.IoU, scores.Overall.Accuracy), scores.MeanOfCities)
    {
        Cities = scores.Cities.ToDictionary(city => city.Name, city => new InriaShares(city.Score.IoU, city.Score.Accuracy)),
    };

    private static object ToJson(InriaScores scores) => new
    {
        Cities = scores.Cities.ToDictionary(city => city.Name, city => new { iou = city.Score.IoU, city.Score.Accuracy, city.Tiles }),
        Overall = new { iou = scores.Overall.IoU, scores.Overall.Accuracy, Tiles = scores.Tiles.Count },
        NoBuilding = new { iou = scores.Overall.OfNoBuilding.IoU, scores.Overall.OfNoBuilding.Accuracy },
    };
}
