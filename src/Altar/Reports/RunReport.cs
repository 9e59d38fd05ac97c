using Altar.Metrics;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Reports;

/// <summary>Everything about a run on one page that needs no network: <c>report.html</c>, with the pictures it shows beside it.</summary>
public static class RunReport
{
    /// <summary>Names of the files in the run folder.</summary>
    public const string PageName = "report.html", CurvesName = "curves.png", ConfusionName = "confusion.png", ErrorsName = "errors.jpg";

    private const int MostClasses = 60, MostFiles = 100;

    /// <summary>Draws the pictures and writes the page. A run without an epoch or without predictions tells what there is.</summary>
    /// <param name="folder">The run folder; it is made.</param>
    /// <param name="content">What to tell.</param>
    public static void Write(string folder, RunReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var scores = ClassificationScores.From(content.Classes, content.Predictions);
        string curves = Path.Combine(folder, CurvesName), confusion = Path.Combine(folder, ConfusionName), errors = Path.Combine(folder, ErrorsName);
        CurvesPlot.Save(curves, content.Epochs, content.Steps, content.Stages, content.Best);
        ConfusionPlot.Save(confusion, scores);
        ErrorSheet.Save(errors, content.Predictions, content.Classes, content.Errors);

        var best = new RunCourse(content.Epochs, [], [], content.Best).Best;
        AtomicFile.WriteText(Path.Combine(folder, PageName), Html.Page($"{content.Name}: report", string.Concat(
        [
            Header(content, scores, best),
            Warnings(content),
            Html.Section("Stages", Stages(content.Stages)),
            Html.Section("Curves", Html.Picture(curves, "Loss, top-1 and learning rate over the epochs", isDrawing: true) + Epochs(content.Epochs, best)),
            Html.Section("Confusion", Html.Picture(confusion, "Truth by first guess", isDrawing: true) + Pairs(scores)),
            Html.Section("Classes", PerClass(scores), ClassesNote(scores)),
            Html.Section("Worst errors", Html.Picture(errors, "Photos with truth and guess", isDrawing: false) + ErrorFiles(content),
                "The truth got the smallest probability; often the label is what is wrong."),
            Html.Section("Recipe", $"<pre>{Html.Escape(content.Recipe)}</pre>"),
            Html.Section("Environment", Html.Facts(content.Environment.Select(fact => (fact.Name, fact.Value)))),
        ])));
    }

    private static string Header(RunReportContent content, ClassificationScores scores, EpochRecord? best)
    {
        var seconds = content.Epochs.Sum(row => row.Seconds);
        var when = content.Finished is { } finished ? ReportNumbers.Text($", {finished:yyyy-MM-dd HH:mm zzz}") : "";
        var (low, high) = (scores.Top1Interval.Low, scores.Top1Interval.High);
        return $"<header><h1>{Html.Escape(content.Name)}</h1><p class=\"note\">{Html.Escape($"{scores.Pictures} validation pictures, {content.Classes.Count} classes{when}")}</p>"
            + "<div class=\"tiles\">"
            + Html.Tile("top-1", ReportNumbers.Percent(scores.Top1), $"95 %: {ReportNumbers.Percent(low)} to {ReportNumbers.Percent(high)}")
            + Html.Tile("log-loss", ReportNumbers.Real(scores.LogLoss), $"blind guess {ReportNumbers.Real(Math.Log(content.Classes.Count))}")
            + Html.Tile("top-5", ReportNumbers.Percent(scores.Top5))
            + Html.Tile("macro F1", ReportNumbers.Percent(scores.MacroF1), $"calibration error {ReportNumbers.Percent(scores.CalibrationError)}")
            + Html.Tile("best epoch", best is null ? "–" : ReportNumbers.Text($"{best.Epoch} of {content.Epochs.Count}"), $"by {content.Best.Name}")
            + Html.Tile("last epoch", content.Epochs.Count == 0 ? "–" : Figure(content.Epochs[^1].Val, content.Epochs[^1].Val.Headline), content.Epochs.Count == 0 ? "" : $"{content.Epochs[^1].Val.Loss.Title} {ReportNumbers.Real(content.Epochs[^1].Val[content.Epochs[^1].Val.Loss])}")
            + Html.Tile("time", ReportNumbers.ShortDuration(TimeSpan.FromSeconds(seconds)), ReportNumbers.Text($"{content.Stages.Count} stages"))
            + "</div></header>\n";
    }

    private static string Warnings(RunReportContent content)
    {
        if (content.Warnings.Count + content.SetAside.Count == 0) return "";
        var files = content.SetAside.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}").ToList();
        var damaged = files.Count == 0 ? "" : Html.Details(
            ReportNumbers.Text($"Damaged pictures set aside: {files.Count}"), Html.List(files.Take(MostFiles)) + Rest(files.Count));
        return $"<section class=\"warnings\"><h2>Warnings</h2>{Html.List(content.Warnings)}{damaged}</section>\n";
    }

    private static string Stages(IReadOnlyList<StageSummary> stages) => Html.Table(
        ["stage", "epochs", "time", "pictures/s", "waiting for data", .. TitlesOf(stages.Select(stage => stage.Val), most: 2)],
        stages.Select(stage => (string[])
        [
            Html.Escape(stage.Name), ReportNumbers.Text($"{stage.Epochs}"), ReportNumbers.Duration(TimeSpan.FromSeconds(stage.Seconds)),
            ReportNumbers.Text($"{stage.PicturesPerSecond:0.0}"), ReportNumbers.Percent(stage.WaitingShare),
            ReportNumbers.Real(stage.Val[stage.Val.Loss]), Html.Bar(stage.Val[stage.Val.Headline]),
        ]));

    private static string Epochs(IReadOnlyList<EpochRecord> epochs, EpochRecord? best) => Html.Details("All epochs", Html.Table(
        ["epoch", "stage", "rate", "train loss", .. TitlesOf(epochs.Select(row => row.Val), int.MaxValue), "time", "memory"],
        epochs.Select(row => (string[])
        [
            ReportNumbers.Text($"{row.Epoch}") + (row == best ? " ★" : ""), Html.Escape(row.Stage), ReportNumbers.Rate(row.Rate), ReportNumbers.Real(row.TrainLoss),
            .. row.Val.Metrics.Select(metric => Figure(row.Val, metric)),
            ReportNumbers.Duration(TimeSpan.FromSeconds(row.Seconds)), ReportNumbers.Text($"{row.MemoryMiB:0} MiB"),
        ])));

    private static IEnumerable<string> TitlesOf(IEnumerable<MetricValues> rows, int most) =>
        (rows.FirstOrDefault() ?? MetricValues.Empty).Metrics.Take(most).Select(metric => $"val {metric.Title}");

    private static string Figure(MetricValues values, Metric metric) =>
        metric.HigherIsBetter ? ReportNumbers.Percent(values[metric]) : ReportNumbers.Real(values[metric]);

    private static string Pairs(ClassificationScores scores) => Html.Details("Most frequent errors", Html.Table(
        ["truth", "taken for", "pictures", "share of the truth"],
        scores.Confusion.WorstPairs(20).Select(pair => (string[])
        [
            Html.Escape(scores.PerClass[pair.Truth].Name), Html.Escape(scores.PerClass[pair.Guess].Name),
            ReportNumbers.Text($"{pair.Count}"), Html.Bar(pair.Share),
        ])));

    private static string ClassesNote(ClassificationScores scores) => scores.PerClass.Count <= MostClasses
        ? "Lowest F1 first."
        : ReportNumbers.Text($"The {MostClasses} of {scores.PerClass.Count} classes with the lowest F1.");

    // Classes that neither occur nor were guessed (NaN) come last.
    private static string PerClass(ClassificationScores scores) => Html.Table(
        ["class", "pictures", "precision", "recall", "F1"],
        scores.PerClass.OrderBy(score => double.IsNaN(score.F1) ? 2 : score.F1).Take(MostClasses).Select(score => (string[])
        [
            Html.Escape(score.Name), ReportNumbers.Text($"{score.Support}"), Html.Bar(score.Precision), Html.Bar(score.Recall), Html.Bar(score.F1),
        ]));

    private static string ErrorFiles(RunReportContent content)
    {
        var errors = WorstErrors.Of(content.Predictions, int.MaxValue);
        var lines = errors.Take(MostFiles).Select(error =>
            ReportNumbers.Text($"{error.Path}: {content.Classes[error.Truth]} ({error.TruthProbability:0.000}) → {content.Classes[error.Guess]} ({error.GuessProbability:0.000})"));
        return Html.Details("Files", Html.List(lines) + Rest(errors.Count));
    }

    private static string Rest(int count) => count <= MostFiles ? "" : ReportNumbers.Text($"<p class=\"note\">and {count - MostFiles} more</p>");
}
