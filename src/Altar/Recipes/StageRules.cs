using System.Globalization;
using Altar.Training;
using Altar.Training.Tricks;

namespace Altar.Recipes;

/// <summary>What a stage's tricks must fulfil, alone, together, and for the recipe's task.</summary>
internal static class StageRules
{
    /// <summary>All that is wrong; paths are those within the stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="task">What the network learns.</param>
    public static IEnumerable<RecipeProblem> Check(Stage stage, LearningTask task) =>
        [.. OfRates(stage), .. OfClip(stage), .. OfMixing(stage), .. OfHardSamples(stage), .. OfAverages(stage), .. OfSampling(stage), .. task.Problems(stage).Select(problem => new RecipeProblem(problem.Key, problem.Message))];

    private static IEnumerable<RecipeProblem> OfRates(Stage stage)
    {
        if (stage.RateDecay is <= 0 or > 1) yield return new("rate_decay", $"{Text(stage.RateDecay)} is outside 0 to 1; it is the factor from each block to the one before it, e.g. 0.8");
        foreach (var (block, factor) in (stage.Rates ?? new Dictionary<string, double>()).Where(rate => rate.Value <= 0))
            yield return new($"rates.{block}", $"{Text(factor)} is not above 0; learns says what rests");
        if (stage.Unfreeze < 0) yield return new("unfreeze", $"{stage.Unfreeze} is negative; write the blocks that join in each epoch, e.g. 1");
        if (stage.Unfreeze > 0 && stage.Learns == "head") yield return new("unfreeze", "only the head learns, so no block can join; write learns: all");
        if (stage.Accumulate < 1) yield return new("accumulate", $"{stage.Accumulate} is below 1; 1 moves the weights after each batch");
    }

    private static IEnumerable<RecipeProblem> OfClip(Stage stage)
    {
        if (stage.Clip is not { } clip) yield break;
        if (clip is { Norm: null, Value: null, Adaptive: null }) yield return new("clip", "has no bound; write norm, value or adaptive, or remove the key");
        foreach (var (key, bound) in new[] { ("norm", clip.Norm), ("value", clip.Value), ("adaptive", clip.Adaptive) })
        {
            if (bound <= 0) yield return new($"clip.{key}", $"{Text(bound.Value)} is not above 0; nothing would be learnt");
        }
    }

    private static IEnumerable<RecipeProblem> OfMixing(Stage stage)
    {
        if (stage.Mixup < 0) yield return new("mixup", $"{Text(stage.Mixup)} is negative; 0 is off, 0.2 is usual");
        if (stage.Cutmix < 0) yield return new("cutmix", $"{Text(stage.Cutmix)} is negative; 0 is off, 1 is usual");
        if (stage.LabelSmoothing is < 0 or >= 1) yield return new("label_smoothing", $"{Text(stage.LabelSmoothing)} is outside 0 to 1; 0.1 is usual");
        if (stage.Suspects && (stage.Mixup > 0 || stage.Cutmix > 0))
            yield return new("suspects", "cannot be told from mixed pictures: their loss says nothing of one label; remove mixup and cutmix, or list suspects in another stage");
    }

    private static IEnumerable<RecipeProblem> OfHardSamples(Stage stage)
    {
        if (stage.OnlineHard is < 0 or > 1) yield return new("online_hard", $"{Text(stage.OnlineHard)} is outside 0 to 1; it is the share of a batch that counts, e.g. 0.3");
        if (stage.Selective is < 0 or >= 1) yield return new("selective", $"{Text(stage.Selective)} is outside 0 to 1; it is the share of a batch that is learnt, e.g. 0.5");
        if (stage.OnlineHard > 0 && stage.Selective > 0) yield return new("selective", "online_hard is given too: both drop easy samples, and together hardly any would be left; write one of the two");
        if (stage.ReplayHardest < 0) yield return new("replay_hardest", $"{stage.ReplayHardest} is negative; write the batches of which the hardest is replayed, e.g. 10");
    }

    private static IEnumerable<RecipeProblem> OfAverages(Stage stage)
    {
        if (stage.Ema is < 0 or >= 1) yield return new("ema", $"{Text(stage.Ema)} is outside 0 to 1; 0.999 is usual");
        if (stage.Swa < 0 || stage.Swa > stage.Epochs) yield return new("swa", $"{stage.Swa} is no epoch of the stage; write 1 to {stage.Epochs}, from whose end on the weights are averaged");
        if (stage.Ema > 0 && stage.Swa > 0) yield return new("swa", "ema is given too, and only one average can be kept; write one of the two");
    }

    private static IEnumerable<RecipeProblem> OfSampling(Stage stage)
    {
        if (stage.Sampling.Least < 1) yield return new("sampling.least", $"{stage.Sampling.Least} is below 1");
        if (stage.Sampling.Copies < 1) yield return new("sampling.copies", $"{stage.Sampling.Copies} is below 1");
        if (stage.Sampling.Even is <= 0 or > 1) yield return new("sampling.even", $"{Text(stage.Sampling.Even)} is outside 0 to 1; without an even part a picture that was learnt once would never come again");
        if (stage.Sampling.Kind == SamplingKind.Loss && (stage.Mixup > 0 || stage.Cutmix > 0))
            yield return new("sampling", "by loss needs the loss of each picture, which mixed pictures have not; remove mixup and cutmix, or write another sampling");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
