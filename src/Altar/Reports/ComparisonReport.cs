using Altar.Metrics;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Reports;

/// <summary>Several runs on one page that needs no network: what they reached, where their recipes differ, and their curves.</summary>
public static class ComparisonReport
{
    /// <summary>Names of the files.</summary>
    public const string PageName = "comparison.html", CurvesName = "comparison.png", TableName = "comparison.csv";

    /// <summary>Writes the page, its picture, and the table as CSV.</summary>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="comparison">The runs.</param>
    /// <param name="axis">What the curves run along.</param>
    public static void Write(string folder, RunComparison comparison, ComparisonAxis axis = ComparisonAxis.Epoch)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var curves = Path.Combine(folder, CurvesName);
        ComparisonPlot.Save(curves, comparison, axis);
        AtomicFile.WriteText(Path.Combine(folder, TableName), Csv(comparison));
        AtomicFile.WriteText(Path.Combine(folder, PageName), Html.Page("Comparison of runs", string.Concat(
        [
            $"<header><h1>{Html.Escape(string.Join(", ", comparison.Runs.Select(run => run.Name)))}</h1></header>\n",
            Html.Section("At the best epoch", Results(comparison, run => run.Best, marksWinners: true), "The best of each column has a star."),
            Html.Section("Curves", Html.Picture(curves, "Train loss, validation figures and learning rate of all runs", isDrawing: true), Undrawn(comparison)),
            Html.Section("Recipes", Differences(comparison)),
            Html.Section("At the last epoch", Results(comparison, run => run.Last, marksWinners: false)),
        ])));
    }

    private static string Results(RunComparison comparison, Func<ComparedRun, EpochRecord?> at, bool marksWinners)
    {
        var metrics = comparison.Metrics;
        var winners = metrics.ToDictionary(metric => metric, metric => marksWinners ? comparison.Winners(metric) : []);
        return Html.Table(
            ["run", "epoch", "of", "chosen by", .. metrics.Select(metric => $"val {metric.Title}"), "train loss", "time", "pictures/s"],
            comparison.Runs.Select(run => (string[])
            [
                Html.Escape(run.Name), at(run) is { } row ? ReportNumbers.Text($"{row.Epoch}") : "–", ReportNumbers.Text($"{run.Epochs.Count}"), Html.Escape(run.By.Title),
                .. metrics.Select(metric => Figure(at(run), metric) + (winners[metric].Contains(run) ? " ★" : "")),
                ReportNumbers.Real(at(run)?.TrainLoss ?? double.NaN), ReportNumbers.Duration(TimeSpan.FromSeconds(run.Seconds)),
                double.IsNaN(run.PicturesPerSecond) ? "–" : ReportNumbers.Text($"{run.PicturesPerSecond:0.0}"),
            ]));
    }

    private static string Figure(EpochRecord? row, Metric metric)
    {
        var value = row?.Val[metric] ?? double.NaN;
        return metric.HigherIsBetter ? ReportNumbers.Percent(value) : ReportNumbers.Real(value);
    }

    private static string Differences(RunComparison comparison) => comparison.Differences is { Count: > 0 } differences
        ? Html.Table(["key", .. comparison.Runs.Select(run => run.Name)], differences.Select(one => (string[])[Html.Escape(one.Key), .. one.Values.Select(value => value is null ? "–" : Html.Escape(value))]))
        : "<p>The recipes are the same.</p>";

    private static string Undrawn(RunComparison comparison) =>
        comparison.Metrics.Count > ComparisonPlot.MostFigures ? ReportNumbers.Text($"The first {ComparisonPlot.MostFigures} of {comparison.Metrics.Count} figures.") : "";

    private static string Csv(RunComparison comparison)
    {
        var header = CsvLine.Write(["run", "folder", "epochs", "seconds", "pictures_per_second", "by", "best_epoch", "train_loss", .. comparison.Metrics.Select(metric => metric.Name)]);
        var rows = comparison.Runs.Select(run => CsvLine.Write(
        [
            run.Name, run.Folder, run.Epochs.Count, run.Seconds, Known(run.PicturesPerSecond), run.By.Name, run.Best is { } best ? best.Epoch : "", Known(run.Best?.TrainLoss ?? double.NaN),
            .. comparison.Metrics.Select(metric => Known(run.Best?.Val[metric] ?? double.NaN)),
        ]));
        return string.Concat(rows.Prepend(header).Select(line => line + "\n"));
    }

    private static object Known(double value) => double.IsNaN(value) ? "" : value;
}
