using Altar.Tensors;
using Altar.Training;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Tricks;

public class MixupTests
{
    [Fact]
    public void A_quarter_of_the_partner_is_blended_in()
    {
        using var scope = NewDisposeScope();
        var images = tensor(new[] { 0f, 4f, 8f }).reshape(3, 1, 1, 1);

        var mixed = Mixup.Blend(images, tensor(new[] { 1L, 2L, 0L }), 0.25);

        // 0 + (4 - 0) / 4, 4 + (8 - 4) / 4, 8 + (0 - 8) / 4
        Assert.Equal([1f, 5f, 6f], mixed.data<float>().ToArray());
    }

    [Fact]
    public void The_loss_is_shared_as_the_pictures_are()
    {
        using var scope = NewDisposeScope();
        var objective = new ClassificationTask(["a", "b"]).ObjectiveOf(new Stage());
        var (output, own, others) = (tensor(new[,] { { 1f, 0f }, { 0f, 2f } }), tensor(new[] { 0L, 1L }), tensor(new[] { 1L, 0L }));

        var batch = new StepBatch(output, own, others, Share: 0.3);

        var expected = 0.7f * objective.Mean(output, own).item<float>() + 0.3f * objective.Mean(output, others).item<float>();
        Assert.Equal(expected, batch.Mean(objective, output).item<float>(), 1e-6f);
        Assert.Equal(expected, batch.Each(objective, output).mean().item<float>(), 1e-6f);
    }

    [Fact]
    public void The_partners_share_is_at_most_a_half_and_follows_the_seed()
    {
        using var scope = NewDisposeScope();
        var batch = new StepBatch(randn(6, 3, 4, 4), arange(6, ScalarType.Int64));

        var shares = Enumerable.Range(0, 200).Select(seed => Mixing.Mix(batch, new StepOptions { Mixup = 0.4 }, new Seed((ulong)seed).ToRandom()).Share).ToList();

        Assert.All(shares, share => Assert.InRange(share, 0, 0.5));
        Assert.True(shares.Distinct().Count() > 190);
        Assert.Equal(shares[7], Mixing.Mix(batch, new StepOptions { Mixup = 0.4 }, new Seed(7).ToRandom()).Share);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void Shares_follow_the_symmetric_beta_distribution(double alpha)
    {
        var random = new Seed(5).ToRandom();
        var shares = Enumerable.Range(0, 20_000).Select(_ => BetaDraw.Next(random, alpha)).ToList();

        // Beta(a, a): mean 1/2, variance 1 / (4 (2a + 1)).
        var (mean, variance) = (shares.Average(), shares.Average(share => Math.Pow(share - 0.5, 2)));
        Assert.Equal(0.5, mean, 0.01);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), variance, 0.005);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
    }
}
