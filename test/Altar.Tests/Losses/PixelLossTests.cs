using Altar.Losses;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Losses;

public sealed class PixelLossTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void TernausNets_loss_is_a_sum_of_two_named_ones()
    {
        var (logits, target) = (randn(2, 1, 3, 3), randint(0, 2, [2, 3, 3], ScalarType.Int64));
        var loss = PixelLoss.From(new Dictionary<string, double> { ["bce"] = 0.7, ["log_jaccard"] = 0.3 }, 1);

        var expected = (0.7 * PixelBinaryCrossEntropy.Mean(logits, target).item<float>()) + (0.3 * LogJaccard.Mean(logits, target).item<float>());
        Assert.Equal(expected, loss.Mean(logits, target).item<float>(), 1e-5);
        Assert.Equal("0.7 bce + 0.3 log_jaccard", loss.ToString());
    }

    [Fact]
    public void Each_sample_is_judged_as_if_it_were_the_batch()
    {
        var (logits, target) = (randn(3, 2, 4, 4), randint(0, 2, [3, 4, 4], ScalarType.Int64));
        var loss = PixelLoss.From(new Dictionary<string, double> { ["cross_entropy"] = 1, ["dice"] = 2, ["lovasz"] = 0.5 }, 2, [1, 3]);

        var each = loss.EachSample(logits, target).data<float>().ToArray();
        for (var n = 0; n < 3; n++) Assert.Equal(loss.Mean(logits.narrow(0, n, 1), target.narrow(0, n, 1)).item<float>(), each[n], 1e-5);
    }

    [Fact]
    public void A_term_of_weight_zero_is_left_out() =>
        Assert.Equal("dice", PixelLoss.From(new Dictionary<string, double> { ["bce"] = 0, ["dice"] = 1 }, 1).ToString());

    [Theory]
    [InlineData("dise", 1, 1, "there is no loss 'dise'; did you mean dice? Known are bce, cross_entropy, dice, carvana_dice, jaccard, log_jaccard, log_dice, lovasz, focal, tversky, border_bce, border_dice.")]
    [InlineData("bce", -1, 1, "bce: -1 is no weight; write 0 or more.")]
    [InlineData("bce", double.NaN, 1, "bce: NaN is no weight; write 0 or more.")]
    [InlineData("bce", 0, 1, "no loss has a weight above 0; write for example {dice: 1}.")]
    [InlineData("cross_entropy", 1, 1, "cross_entropy needs two classes or more, but there is one class against the background; use bce.")]
    public void A_mapping_that_cannot_be_used_is_explained(string name, double weight, int channels, string problem)
    {
        var weights = new Dictionary<string, double> { [name] = weight };

        Assert.Equal([problem], PixelLoss.Problems(weights, channels));
        Assert.Equal("loss: " + problem, Assert.Throws<BadInputException>(() => PixelLoss.From(weights, channels)).Message);
    }

    [Fact]
    public void An_empty_mapping_is_a_problem_too() =>
        Assert.Single(PixelLoss.Problems(new Dictionary<string, double>(), 1));

    [Fact]
    public void Class_weights_are_checked()
    {
        var dice = new Dictionary<string, double> { ["dice"] = 1 };

        Assert.Equal(["there are 2 class weights for 3 channels; give one for each."], PixelLoss.Problems(dice, 3, [1, 1]));
        Assert.Equal(["a class weight is below 0 or no number; write 0 or more."], PixelLoss.Problems(dice, 2, [1, -1]));
        Assert.Equal(["every class weight is 0, so nothing would be learnt."], PixelLoss.Problems(dice, 2, [0, 0]));
        Assert.Empty(PixelLoss.Problems(dice, 2, [0, 1]));
    }

    [Fact]
    public void The_catalogue_finds_each_loss_by_its_name()
    {
        Assert.All(LossCatalog.Names, name => Assert.Equal(name, LossCatalog.Find(name).Name));
        Assert.StartsWith("there is no loss 'jacard'; did you mean jaccard?", Assert.Throws<BadInputException>(() => LossCatalog.Find("jacard")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dice")]
    [InlineData("log_jaccard")]
    [InlineData("lovasz")]
    [InlineData("border_bce")]
    public void Descending_on_it_finds_the_mask(string name)
    {
        var target = tensor([1L, 1, 0, 0, 0, 1, 0, 0, 1]).reshape(1, 3, 3);
        var logits = zeros(1, 1, 3, 3).requires_grad_();
        var loss = PixelLoss.From(new Dictionary<string, double> { [name] = 1 }, 1);
        for (var step = 0; step < 300; step++)
        {
            using var scope = NewDisposeScope();
            loss.Mean(logits, target).backward();
            using (no_grad()) logits.sub_(logits.grad!);
            logits.grad!.zero_();
        }

        Assert.True(logits.IsAtLeast(0).squeeze(1).eq(target.to(ScalarType.Bool)).all().item<bool>());
    }
}
