using Altar.Inference.Masks;

namespace Altar.Cli.Output;

/// <summary>How good masks are, for people and for programs.</summary>
internal static class MaskFigures
{
    private const int ShownClasses = 50;

    public static void Print(MaskJudgement judgement, double? ofVal, Screen screen)
    {
        var (scores, pixels) = (judgement.Scores, judgement.Scores.Pixels);
        screen.Line($"pictures  {scores.Pictures}{(judgement.Skipped.Count > 0 ? $", {judgement.Skipped.Count} skipped" : "")}");
        screen.Line($"IoU       {Text.Share(pixels.MeanIou)}  (picture by picture {Text.Share(scores.PictureIou)})");
        screen.Line($"Dice      {Text.Share(pixels.MeanDice)}  (picture by picture {Text.Share(scores.PictureDice)})");
        screen.Line($"accuracy  {Text.Share(pixels.Accuracy)}  (the most frequent value everywhere: {Text.Share(judgement.AccuracyOfNothing)})");
        screen.Line($"outlines  {Text.Share(scores.OutlineF1)}  (F1 within 2 pixels)");
        if (judgement.Threshold is { } best)
        {
            screen.Line($"threshold {judgement.Decided:0.00}; {(ofVal is { } val && judgement.At(val) is { } at ? $"val's {val:0.00} gives IoU {Text.Share(at.Iou)}, " : "")}the best here, {best.Threshold:0.00}, {Text.Share(best.Counts.Iou)}");
        }


        var table = Columns.Of(1, "class", "IoU", "Dice", "precision", "recall");
        foreach (var score in pixels.PerClass.Take(ShownClasses))
            table.Add(score.Name, Text.Share(score.Counts.Iou), Text.Share(score.Counts.Dice), Text.Share(score.Counts.Precision), Text.Share(score.Counts.Recall));
        screen.Write(table);
        if (pixels.PerClass.Count > ShownClasses) screen.Line($"{pixels.PerClass.Count - ShownClasses} more classes: --json has all.");
        foreach (var skipped in judgement.Skipped) screen.Warn($"{skipped.Path} was skipped: {skipped.Reason}");
    }

    public static object ToJson(MaskJudgement judgement, double? ofVal)
    {
        var (scores, pixels) = (judgement.Scores, judgement.Scores.Pixels);
        return new
        {
            scores.Pictures,
            Iou = pixels.MeanIou,
            Dice = pixels.MeanDice,
            pixels.Accuracy,
            scores.PictureIou,
            scores.PictureDice,
            OutlineF1 = scores.OutlineF1,
            judgement.AccuracyOfNothing,
            Threshold = judgement.Decided,
            ValThreshold = ofVal,
            ValThresholdIou = ofVal is { } val ? judgement.At(val)?.Iou : null,
            BestThreshold = judgement.Threshold?.Threshold,
            BestThresholdIou = judgement.Threshold?.Counts.Iou,
            Skipped = judgement.Skipped.Count,
            SkippedFiles = judgement.Skipped.Select(picture => new { picture.Path, picture.Reason }),
            Classes = pixels.PerClass.Select(score => new
            {
                score.Name, Pixels = score.Counts.True, score.Counts.Iou, score.Counts.Dice, score.Counts.Precision, score.Counts.Recall,
            }),
        };
    }
}
