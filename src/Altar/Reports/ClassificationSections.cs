using Altar.Metrics;

namespace Altar.Reports;

/// <summary>What a report shows of a classifier: tiles, confusion, classes, worst errors.</summary>
/// <param name="Tiles">Pieces of the page's head.</param>
/// <param name="Sections">Pieces of its body.</param>
internal sealed record ClassificationSections(string Tiles, string Sections)
{
    private const int MostClasses = 60, MostFiles = 100;

    /// <summary>Draws the pictures into the run folder and writes the pieces.</summary>
    public static ClassificationSections Draw(string folder, RunReportContent content, IReadOnlyList<Prediction> predictions)
    {
        var scores = ClassificationScores.From(content.Classes, predictions);
        string confusion = Path.Combine(folder, RunReport.ConfusionName), errors = Path.Combine(folder, RunReport.ErrorsName);
        ConfusionPlot.Save(confusion, scores);
        ErrorSheet.Save(errors, predictions, content.Classes, content.Errors);
        return new(TilesOf(scores, content.Classes.Count), string.Concat(
        [
            Html.Section("Confusion", Html.Picture(confusion, "Truth by first guess", isDrawing: true) + Pairs(scores)),
            Html.Section("Classes", PerClass(scores), ClassesNote(scores)),
            Html.Section("Worst errors", Html.Picture(errors, "Photos with truth and guess", isDrawing: false) + ErrorFiles(content.Classes, predictions),
                "The truth got the smallest probability; often the label is what is wrong."),
        ]));
    }

    private static string TilesOf(ClassificationScores scores, int classes)
    {
        var (low, high) = (scores.Top1Interval.Low, scores.Top1Interval.High);
        return Html.Tile("top-1", ReportNumbers.Percent(scores.Top1), $"95 %: {ReportNumbers.Percent(low)} to {ReportNumbers.Percent(high)}")
            + Html.Tile("log-loss", ReportNumbers.Real(scores.LogLoss), $"blind guess {ReportNumbers.Real(Math.Log(classes))}")
            + Html.Tile("top-5", ReportNumbers.Percent(scores.Top5))
            + Html.Tile("macro F1", ReportNumbers.Percent(scores.MacroF1), $"calibration error {ReportNumbers.Percent(scores.CalibrationError)}");
    }

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

    private static string ErrorFiles(IReadOnlyList<string> classes, IReadOnlyList<Prediction> predictions)
    {
        var errors = WorstErrors.Of(predictions, int.MaxValue);
        var lines = errors.Take(MostFiles).Select(error =>
            ReportNumbers.Text($"{error.Path}: {classes[error.Truth]} ({error.TruthProbability:0.000}) → {classes[error.Guess]} ({error.GuessProbability:0.000})"));
        return Html.Details("Files", Html.List(lines) + RunReport.Rest(errors.Count));
    }
}
