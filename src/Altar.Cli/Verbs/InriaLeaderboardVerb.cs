using System.CommandLine;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Metrics;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar inria leaderboard</c>: the contest's table as the talk shows it, with one's own score among it.</summary>
internal sealed class InriaLeaderboardVerb : Verb
{
    private readonly Option<string?> _mine = new("--mine") { Description = "Scores that 'altar inria evaluate --json' printed.", HelpName = "FILE" };
    private readonly Option<double?> _iou = new("--iou") { Description = "In place of --mine: an overall IoU in percent, e.g. from the contest's own answer.", HelpName = "PERCENT" };
    private readonly Option<double?> _accuracy = new("--accuracy") { Description = "The accuracy that belongs to --iou, in percent.", HelpName = "PERCENT" };
    private readonly Option<string> _name = new("--name") { Description = "What the own row is called.", HelpName = "NAME", DefaultValueFactory = _ => "yours" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws the table as a PNG.", HelpName = "FILE" };

    public InriaLeaderboardVerb() : base("leaderboard", "The thirteen entries of the talk by overall IoU, and where one's own would stand.",
        "altar inria leaderboard --mine scores.json --name 'albunet34, 3 cycles' --plot leaderboard.png", "altar inria leaderboard --iou 77.1 --accuracy 96.6")
    {
        Add(_mine);
        Add(_iou);
        Add(_accuracy);
        Add(_name);
        Add(_plot);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var own = OwnOf(words);
        var table = InriaLeaderboard.Table(own);
        if (words.GetValue(_plot) is { } plot) InriaLeaderboardPlot.Save(plot, table);
        Print(table, screen);
        screen.Result(new
        {
            Place = own is null ? (int?)null : table.Single(place => place.IsOwn).Place,
            Entries = table.Select(place => new
            {
                place.Place,
                place.Entry.Team,
                Own = place.IsOwn,
                iou = place.Entry.Overall.IoU,
                place.Entry.Overall.Accuracy,
                place.Entry.MeanOfCities,
                Cities = place.Entry.Cities.ToDictionary(city => city.Key, city => new { iou = city.Value.IoU, city.Value.Accuracy }),
            }),
        });
        return ExitCode.Ok;
    }

    /// <summary>The table, and whether the own row was scored on the contest's cities.</summary>
    public static void Print(IReadOnlyList<InriaPlace> places, Screen screen)
    {
        var table = Columns.Of(2, "", "team", "IoU", "accuracy", "mean of cities");
        foreach (var (place, entry, isOwn) in places)
            table.Add($"{place}", isOwn ? $"> {entry.Team}" : entry.Team, Text.Points(entry.Overall.IoU), Text.Points(entry.Overall.Accuracy), Text.Points(entry.MeanOfCities));
        screen.Write(table);
        if (places.FirstOrDefault(place => place.IsOwn).Entry is not { Cities.Count: > 0 } own) return;
        var elsewhere = own.Cities.Keys.Except(InriaBenchmark.TestCities).ToList();
        if (elsewhere.Count > 0) screen.Warn($"the entries were scored on the contest's hidden test cities, {own.Team} on {string.Join(", ", elsewhere)}: the place is only a hint.");
    }

    private InriaEntry? OwnOf(ParseResult words)
    {
        var (mine, iou, accuracy, name) = (words.GetValue(_mine), words.GetValue(_iou), words.GetValue(_accuracy), words.GetValue(_name)!);
        if (mine is not null && iou is not null) throw new BadInputException("--mine and --iou: both name the own score. Leave one out.");
        if (accuracy is not null && iou is null) throw new BadInputException("--accuracy: it belongs to --iou, which is missing.");
        if (mine is not null) return InriaTables.ReadScores(mine, name);
        RequirePercent(iou, "--iou");
        RequirePercent(accuracy, "--accuracy");
        return iou is { } value ? new InriaEntry(name, new InriaShares(value, accuracy ?? double.NaN), double.NaN) : null;
    }

    private static void RequirePercent(double? value, string option)
    {
        if (value is not (null or (>= 0 and <= 100))) throw new BadInputException($"{option}: {value} is no percentage from 0 to 100.");
    }
}
