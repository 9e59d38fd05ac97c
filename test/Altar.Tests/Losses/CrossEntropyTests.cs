using Altar.Losses;
using static TorchSharp.torch;

namespace Altar.Tests.Losses;

public sealed class CrossEntropyTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    // Softmax of the rows: (1/2, 1/4, 1/4) and (1/5, 1/5, 3/5).
    private readonly Tensor _logits = tensor([MathF.Log(2), 0, 0, 0, 0, MathF.Log(3)]).reshape(2, 3);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void It_is_the_mean_negative_logarithm_of_the_probability_of_the_truth() =>
        Assert.Equal((Math.Log(2) + Math.Log(5)) / 2, CrossEntropy.Mean(_logits, tensor([0L, 1L])).item<float>(), 5);

    [Fact]
    public void Smoothing_spreads_a_share_of_the_target_over_all_classes()
    {
        var first = (0.7 * Math.Log(2)) + (0.1 * (Math.Log(2) + Math.Log(4) + Math.Log(4)));             // 0.3 / 3 classes = 0.1
        var second = (0.7 * Math.Log(5)) + (0.1 * (Math.Log(5) + Math.Log(5) + Math.Log(5.0 / 3)));

        Assert.Equal((first + second) / 2, CrossEntropy.Mean(_logits, tensor([0L, 1L]), smoothing: 0.3).item<float>(), 5);
    }

    [Fact]
    public void Class_weights_weigh_the_mean() =>
        Assert.Equal(((3 * Math.Log(2)) + Math.Log(5)) / 4, CrossEntropy.Mean(_logits, tensor([0L, 1L]), classWeights: tensor([3f, 1f, 1f])).item<float>(), 5);

    [Fact]
    public void Labels_of_another_length_are_named_in_the_error()
    {
        var error = Assert.Throws<ArgumentException>(() => CrossEntropy.Mean(_logits, tensor([0L, 1L, 2L])));

        Assert.StartsWith("labels must be [2], but is [3].", error.Message, StringComparison.Ordinal);
    }
}
