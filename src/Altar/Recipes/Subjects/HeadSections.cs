using System.Globalization;
using System.Runtime.InteropServices;
using Altar.Inference.Heads;
using Altar.Metrics;
using Altar.Reports;
using Altar.Training.Checkpoints;

namespace Altar.Recipes.Subjects;

/// <summary>What a report shows of each head: of classes the confusion, the weakest and the worst errors; of labels their thresholds and bands; of a value its errors.</summary>
/// <param name="folder">Where pictures are drawn.</param>
/// <param name="pathOf">The file of a validation sample; null where there is none.</param>
internal sealed class HeadSections(RunFolder folder, Func<int, string>? pathOf)
{
    private const int MostRows = 60;

    public static ReportTile Tile(HeadJudgement head)
    {
        var labelled = string.Create(CultureInfo.InvariantCulture, $"{head.Tally.Labelled} pictures");
        return head.Tally switch
        {
            { Classes: { } classes } => new($"{head.Card.Name} top-1", Percent(classes.Top1), $"{labelled}; 95 %: {Percent(classes.Top1Interval.Low)} to {Percent(classes.Top1Interval.High)}"),
            { Value: { } value } => new($"{head.Card.Name} mean error", Real(value.MeanAbsoluteError), labelled),
            _ => new($"{head.Card.Name} F1", Percent(head.Labels!.MacroF1), $"{labelled}; at thresholds of 0.5"),
        };
    }

    public IEnumerable<ReportSection> Of(HeadJudgement head) => head.Tally.Labelled == 0
        ? [new ReportSection(head.Card.Name, "No validation picture is labelled for it.")]
        : head.Tally switch
        {
            { Classes: { } classes } => OfClasses(head, classes),
            { Value: { } value } => [OfValue(head.Card, value)],
            _ => [OfLabels(head)],
        };

    private IEnumerable<ReportSection> OfClasses(HeadJudgement head, ClassificationScores scores)
    {
        var name = head.Card.Name;
        var confusion = folder.In($"confusion-{name}.png");
        ConfusionPlot.Save(confusion, scores);
        yield return new ReportSection($"{name}: confusion", $"Top-5 {Percent(scores.Top5)}, log-loss {Real(scores.LogLoss)}, calibration error {Percent(scores.CalibrationError)} before the temperature of {Real(head.Card.Temperature)}.")
        {
            Picture = confusion,
            IsDrawing = true,
            Heads = ["truth", "taken for", "pictures", "share of the truth"],
            Rows = [.. scores.Confusion.WorstPairs(20).Select(pair => (IReadOnlyList<object>)[scores.PerClass[pair.Truth].Name, scores.PerClass[pair.Guess].Name, Whole(pair.Count), pair.Share])],
        };
        yield return new ReportSection($"{name}: classes", Note(scores.PerClass.Count, "classes with the lowest F1"))
        {
            Heads = ["class", "pictures", "precision", "recall", "F1"],
            Rows = [.. scores.PerClass.OrderBy(score => double.IsNaN(score.F1) ? 2 : score.F1).Take(MostRows).Select(score => (IReadOnlyList<object>)[score.Name, Whole(score.Support), score.Precision, score.Recall, score.F1])],
        };
        if (pathOf is null || head.Rows is not { } rows) yield break;
        var errors = folder.In($"errors-{name}.jpg");
        ErrorSheet.Save(errors, [.. PredictionsOf(rows, head.Card.Classes.Count, pathOf)], head.Card.Classes);
        yield return new ReportSection($"{name}: worst errors", "The truth got the smallest probability; often the label is what is wrong." + (rows.Stride > 1 ? $" One of {rows.Stride} pictures was looked at." : "")) { Picture = errors };
    }

    private static ReportSection OfLabels(HeadJudgement head)
    {
        var (card, scores) = (head.Card, head.Labels!);
        var bands = head.Bands;
        return new ReportSection($"{card.Name}: labels", $"At thresholds chosen on these pictures, so other pictures will fare a little worse. {Note(scores.PerLabel.Count, "labels with the lowest F1")}")
        {
            Heads = ["label", "pictures", "threshold", "precision", "recall", "F1", "average precision", "reject", "review", "pass", "of them wrongly"],
            Rows = [.. scores.PerLabel.Select((score, label) => (Score: score, Bands: bands?[label])).OrderBy(one => double.IsNaN(one.Score.Counts.F1) ? 2 : one.Score.Counts.F1).Take(MostRows).Select(one => (IReadOnlyList<object>)
            [
                one.Score.Name, Whole(one.Score.Counts.True), Real(one.Score.Threshold), one.Score.Counts.Precision, one.Score.Counts.Recall, one.Score.Counts.F1, one.Score.AveragePrecision,
                Whole(one.Bands?.Rejected), Whole(one.Bands?.Reviewed), Whole(one.Bands?.Passed), Whole(one.Bands?.PassedBreaking),
            ])],
        };
    }

    private static ReportSection OfValue(HeadCard card, ValueTally value) => new($"{card.Name}: errors")
    {
        Heads = ["figure", "in the unit of the value"],
        Rows =
        [
            ["mean error", Real(value.MeanAbsoluteError)], ["root of the mean squared error", Real(value.RootMeanSquaredError)],
            ["mean of said less true", Real(value.Bias)], ["standard deviation in training", Real(card.Scale)],
        ],
    };

    private static IEnumerable<Prediction> PredictionsOf(HeadRows rows, int classes, Func<int, string> pathOf)
    {
        for (var row = 0; row < rows.Truths.Count; row++)
            yield return new Prediction(pathOf(rows.Samples[row]), (int)rows.Truths[row], Softmax(CollectionsMarshal.AsSpan(rows.Outputs).Slice(row * classes, classes)));
    }

    private static float[] Softmax(ReadOnlySpan<float> outputs)
    {
        var (largest, sum) = (outputs[Math.Max(0, Ranking.First(outputs))], 0.0);
        var probabilities = new float[outputs.Length];
        for (var k = 0; k < outputs.Length; k++) sum += probabilities[k] = MathF.Exp(outputs[k] - largest);
        for (var k = 0; k < outputs.Length; k++) probabilities[k] = (float)(probabilities[k] / sum);
        return probabilities;
    }

    private static string Note(int count, string which) => count <= MostRows ? "" : $"The {MostRows} of {count} {which}.";

    private static string Whole(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Real(double number) => double.IsNaN(number) ? "–" : number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Percent(double share) => double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
