using Altar.Tensors;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Tricks;

public class HardSamplesTests
{
    [Theory]
    [InlineData(0.5, 3.5)]     // 4 and 3
    [InlineData(0.25, 4)]
    [InlineData(0.3, 3.5)]     // 1.2 samples are two
    [InlineData(1, 2.5)]
    [InlineData(0.01, 4)]      // never none
    public void The_mean_is_that_of_the_worst(double share, double expected)
    {
        using var losses = tensor(new[] { 2f, 4f, 1f, 3f });
        using var mean = HardSamples.Mean(losses, share);

        Assert.Equal(expected, mean.item<float>());
    }

    [Fact]
    public void The_gradient_is_that_of_the_worst()
    {
        using var losses = tensor(new[] { 2f, 4f, 1f, 3f }, requires_grad: true);
        using var mean = HardSamples.Mean(losses, 0.5);
        mean.backward();

        Assert.Equal([0, 0.5f, 0, 0.5f], losses.grad!.data<float>().ToArray());
    }

    [Fact]
    public void As_many_are_chosen_as_the_share_says_and_none_twice()
    {
        var chosen = HardSamples.Choose([5, 1, 4, 2, 3, 6], 0.5, new Seed(1).ToRandom());

        Assert.Equal(3, chosen.Distinct().Count());
        Assert.Equal(chosen.Order(), chosen);
        Assert.Equal(2, HardSamples.Choose([5, 1, 4], 0.1, new Seed(1).ToRandom()).Length);   // a batch norm needs two
    }

    [Fact]
    public void The_harder_a_sample_the_likelier_it_is_chosen()
    {
        var counts = new int[6];
        for (var seed = 0; seed < 3000; seed++)
        {
            foreach (var sample in HardSamples.Choose([1, 2, 3, 4, 5, float.NaN], 0.5, new Seed((ulong)seed).ToRandom())) counts[sample]++;
        }

        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[5] > 2 * counts[0], string.Join(' ', counts));
        Assert.All(counts, count => Assert.True(count > 100));   // also an easy one is seen at times
    }
}
