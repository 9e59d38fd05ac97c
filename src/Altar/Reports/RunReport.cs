using Altar.Metrics;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Reports;

/// <summary>Everything about a run on one page that needs no network: <c>report.html</c>, with the pictures it shows beside it.</summary>
public static class RunReport
{
    /// <summary>Names of the files in the run folder.</summary>
    public const string PageName = "report.html", CurvesName = "curves.png", ConfusionName = "confusion.png", ErrorsName = "errors.jpg";

    private const int MostFiles = 100;

    /// <summary>Draws the pictures and writes the page. A run without an epoch or without predictions tells what there is.</summary>
    /// <param name="folder">The run folder; it is made.</param>
    /// <param name="content">What to tell.</param>
    public static void Write(string folder, RunReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var curves = Path.Combine(folder, CurvesName);
        CurvesPlot.Save(curves, content.Epochs, content.Steps, content.Stages, content.Best, content.Marks, content.Norms);
        var judgement = content.Predictions is { } predictions ? ClassificationSections.Draw(folder, content, predictions) : null;

        var best = new RunCourse(content.Epochs, [], [], content.Best).Best;
        AtomicFile.WriteText(Path.Combine(folder, PageName), Html.Page($"{content.Name}: report", string.Concat(
        [
            Header(content, judgement?.Tiles ?? "", best),
            Warnings(content),
            Html.Section("Stages", Stages(content.Stages)),
            Html.Section("Curves", Html.Picture(curves, "Loss, the headline figure, learning rate, norms, speed and memory over the epochs", isDrawing: true) + Epochs(content.Epochs, best), content.CurvesNote),
            judgement?.Sections ?? "",
            .. content.Sections.Select(Section),
            Html.Section("Recipe", $"<pre>{Html.Escape(content.Recipe)}</pre>"),
            Html.Section("Environment", Html.Facts(content.Environment.Select(fact => (fact.Name, fact.Value)))),
        ])));
    }

    private static string Header(RunReportContent content, string tiles, EpochRecord? best)
    {
        var seconds = content.Epochs.Sum(row => row.Seconds);
        var when = content.Finished is { } finished ? ReportNumbers.Text($", {finished:yyyy-MM-dd HH:mm zzz}") : "";
        var classes = content.Classes.Count == 1 ? "1 class" : $"{content.Classes.Count} classes";
        var last = content.Epochs.Count == 0 ? null : content.Epochs[^1].Val;
        return $"<header><h1>{Html.Escape(content.Name)}</h1><p class=\"note\">{Html.Escape($"{content.ValPictures ?? content.Predictions?.Count ?? 0} validation pictures, {classes}{when}")}</p>"
            + "<div class=\"tiles\">"
            + tiles
            + string.Concat(content.Tiles.Select(tile => Html.Tile(tile.Name, tile.Value, tile.Note)))
            + Html.Tile("best epoch", best is null ? "–" : ReportNumbers.Text($"{best.Epoch} of {content.Epochs.Count}"), $"by {content.Best.Name}")
            + Html.Tile("last epoch", last is null ? "–" : Figure(last, last.Headline), last is null ? "" : $"{last.Loss.Title} {ReportNumbers.Real(last[last.Loss])}")
            + Html.Tile("time", ReportNumbers.ShortDuration(TimeSpan.FromSeconds(seconds)), ReportNumbers.Text($"{content.Stages.Count} stages"))
            + "</div></header>\n";
    }

    private static string Section(ReportSection section) => Html.Section(
        section.Title,
        (section.Picture is { } picture ? Html.Picture(picture, section.Title, section.IsDrawing) : "")
        + (section.Rows.Count > 0 ? Html.Table(section.Heads, section.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Cell)])) : ""),
        section.Note);

    private static string Cell(object value) => value is double share ? Html.Bar(share) : Html.Escape($"{value}");

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

    internal static string Rest(int count) => count <= MostFiles ? "" : ReportNumbers.Text($"<p class=\"note\">and {count - MostFiles} more</p>");
}
