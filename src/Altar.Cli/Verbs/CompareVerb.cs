using System.CommandLine;
using Altar.Cli.Output;
using Altar.Metrics;
using Altar.Recipes;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Cli.Verbs;

/// <summary><c>altar compare</c>: several runs beside each other.</summary>
internal sealed class CompareVerb : Verb
{
    private const int ShownMetrics = 5, ShownDifferences = 40, LongestValue = 40;

    private readonly Argument<string[]> _runs = new("RUN") { Description = "Run folders, two or more; those at work too.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _out = new("--out") { Description = "Where comparison.html, .png and .csv are written.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("runs", "comparison") };
    private readonly Option<string?> _by = new("--by") { Description = "The figure that chooses each run's best epoch, such as top1 or iou. Default: what each run chose by.", HelpName = "METRIC" };
    private readonly Option<string> _axis = new("--x") { Description = "What curves run along: epoch, step or minutes.", HelpName = "AXIS", DefaultValueFactory = _ => "epoch" };

    public CompareVerb() : base("compare", "Several runs beside each other: what they reached, where their recipes differ, and their curves on one page.",
        "altar compare runs/quickstart-1 runs/quickstart-2", "altar compare runs/shoes-* --by top1 --x minutes --out comparison")
    {
        Add(_runs);
        Add(_out);
        Add(_by);
        Add(_axis);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var axis = AxisOf(words.GetValue(_axis)!);
        var comparison = ComparedRuns.Open(words.GetValue(_runs)!, words.GetValue(_by));
        var folder = words.GetValue(_out)!;
        ComparisonReport.Write(folder, comparison, axis);
        var page = Path.Combine(folder, ComparisonReport.PageName);

        Print(comparison, screen);
        screen.Line($"Curves and all of this on one page: {page}");
        screen.Result(ToJson(comparison, page, Path.Combine(folder, ComparisonReport.CurvesName)));
        return ExitCode.Ok;
    }

    private static ComparisonAxis AxisOf(string name) => name switch
    {
        "epoch" => ComparisonAxis.Epoch,
        "step" => ComparisonAxis.Step,
        "minutes" => ComparisonAxis.Minutes,
        _ => throw new BadInputException($"--x: '{name}' is not known. Write epoch, step or minutes."),
    };

    private static void Print(RunComparison comparison, Screen screen)
    {
        List<Metric> metrics = [.. comparison.Metrics.Take(ShownMetrics)];
        var winners = metrics.ToDictionary(metric => metric, comparison.Winners);
        var table = Columns.Of(1, ["run", "best epoch", .. metrics.Select(metric => metric.Title), "train loss", "time", "pictures/s"]);
        foreach (var run in comparison.Runs)
        {
            table.Add(
            [
                run.Name, run.Best is { } best ? $"{best.Epoch} of {run.Epochs.Count}" : $"- of {run.Epochs.Count}",
                .. metrics.Select(metric => (winners[metric].Contains(run) ? "*" : "") + Figure(run.Best, metric)),
                Text.Loss(run.Best?.TrainLoss ?? double.NaN), Text.Time(run.Seconds), double.IsNaN(run.PicturesPerSecond) ? "-" : Text.Speed(run.PicturesPerSecond),
            ]);
        }

        screen.Write(table);
        screen.Line($"At each run's best epoch by {string.Join(" or ", comparison.Runs.Select(run => run.By.Title).Distinct())}; * is the best of its column.");
        if (comparison.Metrics.Count > ShownMetrics) screen.Line($"{comparison.Metrics.Count - ShownMetrics} more figures are on the page and in --json.");
        PrintDifferences(comparison, screen);
    }

    private static void PrintDifferences(RunComparison comparison, Screen screen)
    {
        var differences = comparison.Differences;
        if (differences.Count == 0)
        {
            screen.Line("The recipes are the same.");
            return;
        }

        var table = Columns.Of(1 + comparison.Runs.Count, ["recipe", .. comparison.Runs.Select(run => run.Name)]);
        foreach (var one in differences.Take(ShownDifferences)) table.Add([one.Key, .. one.Values.Select(value => Short(value ?? "-"))]);
        screen.Write(table);
        if (differences.Count > ShownDifferences) screen.Line($"{differences.Count - ShownDifferences} more keys differ: the page has all.");
    }

    private static string Short(string value) => value.Length > LongestValue ? value[..(LongestValue - 1)] + "…" : value;

    private static string Figure(EpochRecord? row, Metric metric)
    {
        var value = row?.Val[metric] ?? double.NaN;
        return metric.HigherIsBetter ? Text.Share(value) : Text.Loss(value);
    }

    private static object ToJson(RunComparison comparison, string page, string curves) => new
    {
        Runs = comparison.Runs.Select(run => new
        {
            run.Name,
            run.Folder,
            Epochs = run.Epochs.Count,
            run.Seconds,
            run.PicturesPerSecond,
            By = run.By.Name,
            Best = Epoch(run.Best),
            Last = Epoch(run.Last),
        }),
        Differences = comparison.Differences.ToDictionary(one => one.Key, one => comparison.Runs.Zip(one.Values).ToDictionary(pair => pair.First.Name, pair => pair.Second)),
        Page = page,
        Curves = curves,
    };

    private static object? Epoch(EpochRecord? row) =>
        row is null ? null : new { row.Epoch, row.Stage, row.TrainLoss, Val = row.Val.ToDictionary(pair => pair.Key.Name, pair => pair.Value) };
}
