using Altar.Inference.Heads;
using Altar.Metrics;

namespace Altar.Cli.Output;

/// <summary>How heads fare, for people and for programs.</summary>
internal static class HeadFigures
{
    private const int ShownLabels = 50, ShownPairs = 10, ListedPairs = 100;

    public static void Print(HeadsJudgement judgement, Screen screen, double? precision)
    {
        screen.Line($"pictures  {judgement.Pictures}{(judgement.Skipped.Count > 0 ? $", {judgement.Skipped.Count} skipped" : "")}");
        var table = Columns.Of(2, "head", "kind", "labelled", "figure", "value", "95 % interval");
        foreach (var head in judgement.Heads)
        {
            var (name, value) = head.Headline;
            table.Add(head.Card.Name, head.Card.Kind.ToString().ToLowerInvariant(), $"{head.Tally.Labelled}", name, Text.Share(value), head.Tally.Classes is { Pictures: > 0 } classes ? $"{Text.Share(classes.Top1Interval.Low)} to {Text.Share(classes.Top1Interval.High)}" : "");
        }

        screen.Write(table);
        foreach (var head in judgement.Heads.Where(head => head.Tally.Labelled > 0)) Print(head, screen, precision);
        foreach (var skipped in judgement.Skipped) screen.Warn($"{skipped.Path} was skipped: {skipped.Reason}");
    }

    public static object ToJson(HeadsJudgement judgement, double? precision) => new
    {
        judgement.Pictures,
        Heads = judgement.Heads.ToDictionary(head => head.Card.Name, head => ToJson(head, precision)),
        Skipped = judgement.Skipped.Count,
        SkippedFiles = judgement.Skipped.Select(picture => new { picture.Path, picture.Reason }),
    };

    private static void Print(HeadJudgement head, Screen screen, double? precision)
    {
        if (head.Tally.Classes is { } classes)
        {
            foreach (var pair in classes.Confusion.WorstPairs(ShownPairs))
                screen.Line($"{head.Card.Name}: {pair.Count} of {classes.Confusion.OfTruth(pair.Truth)} {head.Card.Classes[pair.Truth]} were taken for {head.Card.Classes[pair.Guess]}");
        }
        else if (head.Labels is { } labels)
        {
            PrintLabels(head, labels, screen, precision);
        }
        else if (head.Tally.Value is { } value)
        {
            screen.Line($"{head.Card.Name}: mean error {Text.Share(value.MeanAbsoluteError)}, root of the mean squared error {Text.Share(value.RootMeanSquaredError)}, said less true {Text.Share(value.Bias)}");
        }
    }

    private static void PrintLabels(HeadJudgement head, MultiLabelScores labels, Screen screen, double? precision)
    {
        screen.Line($"{head.Card.Name}: F1 {Text.Share(labels.MacroF1)} as the mean of labels, {Text.Share(labels.MicroF1)} of all together, mean average precision {Text.Share(labels.MeanAveragePrecision)}");
        string[] bands = head.Bands is null ? [] : ["reject", "review", "pass", "of them wrongly"];
        string[] wanted = precision is null ? [] : [$"threshold for {Text.Share(precision.Value)}", "its recall"];
        var table = Columns.Of(1, ["label", "pictures", "threshold", "precision", "recall", "F1", .. bands, .. wanted]);
        foreach (var (index, score) in labels.PerLabel.Take(ShownLabels).Index())
        {
            var (counts, reached) = (score.Counts, Wanted(head, index, precision));
            string[] inBands = head.Bands?[index] is { } band ? [$"{band.Rejected}", $"{band.Reviewed}", $"{band.Passed}", $"{band.PassedBreaking}"] : [];
            string[] atWanted = precision is null ? [] : [Text.Share(reached?.Threshold ?? double.NaN), Text.Share(reached?.Counts.Recall ?? double.NaN)];
            table.Add([score.Name, $"{counts.True}", Text.Share(score.Threshold), Text.Share(counts.Precision), Text.Share(counts.Recall), Text.Share(counts.F1), .. inBands, .. atWanted]);
        }

        screen.Write(table);
        if (labels.PerLabel.Count > ShownLabels) screen.Line($"{labels.PerLabel.Count - ShownLabels} more labels: --json has all.");
    }

    private static object ToJson(HeadJudgement head, double? precision) => head.Tally switch
    {
        { Classes: { } classes } => OfClasses(head, classes),
        { Value: { } value } => new { head.Card.Kind, head.Tally.Labelled, Mae = value.MeanAbsoluteError, Rmse = value.RootMeanSquaredError, value.Bias },
        _ => OfLabels(head, head.Labels!, precision),
    };

    private static object OfClasses(HeadJudgement head, ClassificationScores scores) => new
    {
        head.Card.Kind,
        head.Tally.Labelled,
        scores.Top1,
        Top1Interval = new[] { scores.Top1Interval.Low, scores.Top1Interval.High },
        scores.Top5,
        Logloss = scores.LogLoss,
        scores.MacroF1,
        scores.CalibrationError,
        head.Card.Temperature,
        Classes = scores.PerClass.Select(score => new { score.Name, Pictures = score.Support, score.Precision, score.Recall, score.F1 }),
        WorstPairs = scores.Confusion.WorstPairs(ListedPairs).Select(pair => new { Truth = head.Card.Classes[pair.Truth], Guess = head.Card.Classes[pair.Guess], Pictures = pair.Count, pair.Share }),
    };

    private static object OfLabels(HeadJudgement head, MultiLabelScores scores, double? precision) => new
    {
        head.Card.Kind,
        head.Tally.Labelled,
        F1 = scores.MacroF1,
        scores.MicroF1,
        scores.MeanAveragePrecision,
        Labels = scores.PerLabel.Select((score, index) => new
        {
            score.Name, Pictures = score.Counts.True, score.Threshold, score.Counts.Precision, score.Counts.Recall, score.Counts.F1, score.AveragePrecision,
            Bands = head.Bands?[index] is { } band ? OfBands(head.Card.Bands![index], band) : null,
            AtPrecision = Wanted(head, index, precision) is { } reached ? new { reached.Threshold, reached.Counts.Precision, reached.Counts.Recall } : null,
        }),
    };

    private static object OfBands(DecisionBands bands, BandCounts counts) => new
    {
        bands.RejectFrom, bands.ReviewFrom, counts.Rejected, counts.RejectedBreaking, counts.Reviewed, counts.ReviewedBreaking, counts.Passed, counts.PassedBreaking,
    };

    private static LabelThreshold? Wanted(HeadJudgement head, int label, double? precision) =>
        precision is { } wanted ? head.Tally.Labels!.CurveOf(label).ForPrecision(wanted) : null;
}
