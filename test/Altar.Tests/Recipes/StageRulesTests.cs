using Altar.Recipes;
using Altar.Tensors;

namespace Altar.Tests.Recipes;

/// <summary>Each mistake that a stage's tricks can make, with the sentence that mends it.</summary>
public class StageRulesTests
{
    [Theory]
    [InlineData("rate_decay: 1.5", "stages.0.rate_decay: 1.5 is outside 0 to 1; it is the factor from each block to the one before it, e.g. 0.8")]
    [InlineData("rates: {layer1: 0}", "stages.0.rates.layer1: 0 is not above 0; learns says what rests")]
    [InlineData("unfreeze: -1", "stages.0.unfreeze: -1 is negative; write the blocks that join in each epoch, e.g. 1")]
    [InlineData("unfreeze: 1, learns: head", "stages.0.unfreeze: only the head learns, so no block can join; write learns: all")]
    [InlineData("accumulate: 0", "stages.0.accumulate: 0 is below 1; 1 moves the weights after each batch")]
    [InlineData("clip: {}", "stages.0.clip: has no bound; write norm, value or adaptive, or remove the key")]
    [InlineData("clip: 0", "stages.0.clip.norm: 0 is not above 0; nothing would be learnt")]
    [InlineData("clip: high", "stages.0.clip: 'high' is no bound; write a norm such as 1, or {norm: 1}, {value: 0.5} or {adaptive: 0.01}")]
    [InlineData("mixup: -1", "stages.0.mixup: -1 is negative; 0 is off, 0.2 is usual")]
    [InlineData("cutmix: -1", "stages.0.cutmix: -1 is negative; 0 is off, 1 is usual")]
    [InlineData("label_smoothing: 1", "stages.0.label_smoothing: 1 is outside 0 to 1; 0.1 is usual")]
    [InlineData("label_smoothing: 0.1, loss: {focal: 1}", "stages.0.label_smoothing: belongs to cross_entropy, not to focal; remove one of the two")]
    [InlineData("loss: {dice: 1}", "stages.0.loss.dice: is no loss of a classifier; write cross_entropy or focal")]
    [InlineData("loss: {focal: 0}", "stages.0.loss: has no weight above 0; write e.g. {focal: 1}")]
    [InlineData("suspects: true, mixup: 0.2", "stages.0.suspects: cannot be told from mixed pictures: their loss says nothing of one label; remove mixup and cutmix, or list suspects in another stage")]
    [InlineData("online_hard: 2", "stages.0.online_hard: 2 is outside 0 to 1; it is the share of a batch that counts, e.g. 0.3")]
    [InlineData("selective: 1", "stages.0.selective: 1 is outside 0 to 1; it is the share of a batch that is learnt, e.g. 0.5")]
    [InlineData("selective: 0.5, online_hard: 0.5", "stages.0.selective: online_hard is given too: both drop easy samples, and together hardly any would be left; write one of the two")]
    [InlineData("replay_hardest: -1", "stages.0.replay_hardest: -1 is negative; write the batches of which the hardest is replayed, e.g. 10")]
    [InlineData("ema: 1", "stages.0.ema: 1 is outside 0 to 1; 0.999 is usual")]
    [InlineData("swa: 3, epochs: 2", "stages.0.swa: 3 is no epoch of the stage; write 1 to 2, from whose end on the weights are averaged")]
    [InlineData("swa: 1, ema: 0.9", "stages.0.swa: ema is given too, and only one average can be kept; write one of the two")]
    [InlineData("sampling: rare", "stages.0.sampling: 'rare' is no sampling; write shuffle, balanced, repeat or loss")]
    [InlineData("sampling: {from: repeat, least: 0}", "stages.0.sampling.least: 0 is below 1")]
    [InlineData("sampling: {from: repeat, copies: 0}", "stages.0.sampling.copies: 0 is below 1")]
    [InlineData("sampling: {from: loss, even: 0}", "stages.0.sampling.even: 0 is outside 0 to 1; without an even part a picture that was learnt once would never come again")]
    [InlineData("sampling: loss, cutmix: 1", "stages.0.sampling: by loss needs the loss of each picture, which mixed pictures have not; remove mixup and cutmix, or write another sampling")]
    public void A_mistake_is_named_with_its_cure(string keys, string message) => AssertRefused(keys, "mobilenet_v2", "", message);

    [Theory]
    [InlineData("label_smoothing: 0.1", "label_smoothing")]
    [InlineData("class_weights: inverse", "class_weights")]
    [InlineData("sampling: balanced", "sampling")]
    [InlineData("sampling: repeat", "sampling")]
    [InlineData("suspects: true", "suspects")]
    public void What_needs_a_class_for_each_picture_is_refused_for_masks(string keys, string key) =>
        AssertRefused(keys, "albunet34", ", masks: masks, classes: [building]", $"stages.0.{key}: needs a single class for each sample, which this task has not; remove the key");

    [Theory]
    [InlineData("mixup: 0.2")]
    [InlineData("cutmix: 1, online_hard: 0.3, ema: 0.999, replay_hardest: 10")]
    [InlineData("selective: 0.5, clip: 1, rate_decay: 0.9, unfreeze: 2, accumulate: 2, sampling: loss")]
    public void The_others_hold_for_masks_too(string keys)
    {
        var recipe = RecipeFile.Parse(Text(keys, "albunet34", ", masks: masks, classes: [building]"), "test");

        Assert.Equal(RecipeFile.Write(recipe), RecipeFile.Write(RecipeFile.Parse(RecipeFile.Write(recipe), "again")));
    }

    [Fact]
    public void Every_key_is_read_as_it_is_written()
    {
        var stage = RecipeFile.Parse(Text("clip: {adaptive: 0.01}, rates: {head: 2}, rate_decay: 0.9, unfreeze: 1, swa: 2, epochs: 3, accumulate: 4, class_weights: effective, sampling: {from: repeat, least: 20}, optimizer: lion, mixup: 0.1, cutmix: 1, label_smoothing: 0.1, online_hard: 0.3, replay_hardest: 10", "mobilenet_v2", ""), "test").Stages[0];

        Assert.Equal((0.01, null, null), (stage.Clip!.Adaptive, stage.Clip.Norm, stage.Clip.Value));
        Assert.Equal((2, 0.9, 1, 2, 4, 128), (stage.Rates!["head"], stage.RateDecay, stage.Unfreeze, stage.Swa, stage.Accumulate, stage.StepBatch));
        Assert.Equal((Altar.Training.Tricks.ClassWeighting.Effective, Altar.Training.Tricks.SamplingKind.Repeat, 20, 100), (stage.ClassWeights, stage.Sampling.Kind, stage.Sampling.Least, stage.Sampling.Copies));
        Assert.Equal((0.1, 1.0, 0.1, 0.3, 10), (stage.Mixup, stage.Cutmix, stage.LabelSmoothing, stage.OnlineHard, stage.ReplayHardest));
    }

    private static void AssertRefused(string keys, string network, string data, string message)
    {
        var error = Assert.Throws<BadInputException>(() => RecipeFile.Parse(Text(keys, network, data), "test"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static string Text(string keys, string network, string data) => $"data: {{train: photos{data}}}\nmodel: {{name: {network}}}\nstages:\n  - {{{keys}}}";
}
