using Altar.Losses;
using static TorchSharp.torch;

namespace Altar.Tests.Losses;

/// <summary>Losses on [N, K]: the softmax of the rows is (1/2, 1/4, 1/4) and (1/5, 1/5, 3/5).</summary>
public sealed class ClassLossTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _logits = tensor([MathF.Log(2), 0, 0, 0, 0, MathF.Log(3)]).reshape(2, 3);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Cross_entropy_of_each_sample_carries_its_class_weight()
    {
        Values([Math.Log(2), Math.Log(5)], CrossEntropy.Each(_logits, tensor([0L, 1])));
        Values([3 * Math.Log(2), Math.Log(5)], CrossEntropy.Each(_logits, tensor([0L, 1]), classWeights: tensor([3f, 1f, 1f])));
    }

    [Fact]
    public void Cross_entropy_passes_over_missing_labels()
    {
        Values([Math.Log(5)], CrossEntropy.Mean(_logits, tensor([-1L, 1])));
        Values([0, Math.Log(5)], CrossEntropy.Each(_logits, tensor([-1L, 1])));
        Values([Math.Log(5)], CrossEntropy.Mean(_logits, tensor([-1L, 1]), classWeights: tensor([9f, 2f, 1f])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void It_equals_libtorchs_own_mean(double smoothing)
    {
        var (logits, labels, weights) = (randn(50, 7), randint(0, 7, [50], ScalarType.Int64), rand(7));

        Values([nn.functional.cross_entropy(logits, labels, weights, label_smoothing: smoothing).item<float>()], CrossEntropy.Mean(logits, labels, smoothing, weights));
        Values([nn.functional.cross_entropy(logits, labels, label_smoothing: smoothing).item<float>()], CrossEntropy.Mean(logits, labels, smoothing));
    }

    public static TheoryData<string> Losses => ["cross", "focal", "soft", "binary", "binary focal", "value"];

    [Theory, MemberData(nameof(Losses))]
    public void Where_nothing_is_labelled_the_loss_is_zero_without_a_gradient(string name)
    {
        var logits = randn(2, 3).requires_grad_();
        var loss = name switch
        {
            "cross" => CrossEntropy.Mean(logits, tensor([-1L, -1]), 0.1),
            "focal" => Focal.Mean(logits, tensor([-1L, -1])),
            "soft" => SoftCrossEntropy.Mean(logits, zeros(2, 3)),
            "binary" => BinaryCrossEntropy.Mean(logits, full(new long[] { 2, 3 }, -1f)),
            "binary focal" => BinaryCrossEntropy.FocalMean(logits, full(new long[] { 2, 3 }, -1f)),
            _ => ValueLoss.Mean(logits, full(new long[] { 2, 3 }, float.NaN)),
        };
        loss.backward();

        Assert.Equal(0, loss.item<float>());
        Assert.All(logits.grad!.data<float>().ToArray(), slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void Certain_shares_are_labels()
    {
        var (logits, labels, weights) = (randn(20, 5), randint(0, 5, [20], ScalarType.Int64), rand(5));
        var shares = nn.functional.one_hot(labels, 5).to(ScalarType.Float32);

        Values([CrossEntropy.Mean(logits, labels, 0.2, weights).item<float>()], SoftCrossEntropy.Mean(logits, shares, 0.2, weights));
    }

    [Fact]
    public void The_loss_of_a_blend_is_the_blend_of_the_losses()
    {
        var shares = tensor([0.75f, 0.25f, 0, 0, 1, 0]).reshape(2, 3);

        Values([(0.75 * Math.Log(2)) + (0.25 * Math.Log(4)), Math.Log(5)], SoftCrossEntropy.Each(_logits, shares));
        Values([((0.75 * Math.Log(2)) + (0.25 * Math.Log(4)) + Math.Log(5)) / 2], SoftCrossEntropy.Mean(_logits, shares));
    }

    [Fact]
    public void Focal_is_right_sample_by_sample_and_in_the_mean()
    {
        double[] each = [0.25 * Math.Log(2), 0.64 * Math.Log(5)];                                  // (1 - p)^2: 1/4, 16/25

        Values(each, Focal.Each(_logits, tensor([0L, 1])));
        Values([each.Average()], Focal.Mean(_logits, tensor([0L, 1])));
        Values([((3 * each[0]) + each[1]) / 4], Focal.Mean(_logits, tensor([0L, 1]), alpha: tensor([3f, 1f, 1f])));
        Values([CrossEntropy.Mean(_logits, tensor([0L, 1])).item<float>()], Focal.Mean(_logits, tensor([0L, 1]), gamma: 0));
    }

    [Fact]
    public void Focal_with_a_small_gamma_has_a_gradient_where_the_answer_is_certain()
    {
        var logits = tensor([100f, 0, 0]).reshape(1, 3).requires_grad_();
        Focal.Mean(logits, tensor([0L]), gamma: 0.5).backward();

        Assert.True(logits.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Binary_cross_entropy_passes_over_missing_targets()
    {
        var logits = tensor([0f, MathF.Log(3), 5, 0, -MathF.Log(3), 7]).reshape(2, 3);            // p = 1/2, 3/4, -; 1/2, 1/4, -
        var targets = tensor([1L, 0, -1, -1, 0, -1]).reshape(2, 3);

        Values([(Math.Log(2) + Math.Log(4) + Math.Log(4 / 3.0)) / 3], BinaryCrossEntropy.Mean(logits, targets));
        Values([(Math.Log(2) + Math.Log(4)) / 2, Math.Log(4 / 3.0)], BinaryCrossEntropy.Each(logits, targets));
        Values([((2 * Math.Log(2)) + Math.Log(4) + Math.Log(4 / 3.0)) / 4], BinaryCrossEntropy.Mean(logits, targets, labelWeights: tensor([2f, 1, 1])));
        Values([((5 * Math.Log(2)) + Math.Log(4) + Math.Log(4 / 3.0)) / 3], BinaryCrossEntropy.Mean(logits, targets, positiveWeights: tensor([5f, 1, 1])));
    }

    [Fact]
    public void Binary_focal_weighs_what_holds_by_alpha_and_what_does_not_by_the_rest()
    {
        var logits = tensor([0f, MathF.Log(3)]).reshape(1, 2);
        var targets = tensor([1L, 0]).reshape(1, 2);
        double[] each = [Math.Log(2) / 4, Math.Log(4) * 9 / 16];

        Values([(each[0] + each[1]) / 2], BinaryCrossEntropy.FocalMean(logits, targets));
        Values([((0.25 * each[0]) + (0.75 * each[1])) / 2], BinaryCrossEntropy.FocalMean(logits, targets, alpha: 0.25));
        Values([((0.25 * each[0]) + (0.75 * each[1])) / 2], BinaryCrossEntropy.FocalEach(logits, targets, alpha: 0.25));
    }

    [Fact]
    public void Values_without_a_target_cost_nothing()
    {
        var values = tensor([1f, 3, 9]).requires_grad_();
        var targets = tensor([0.5f, 0, float.NaN]);

        Values([0.125, 2.5, 0], ValueLoss.Each(values, targets));                                   // d^2 / 2; 1 * (3 - 1/2)
        Values([(0.125 + 2.5) / 2], ValueLoss.Mean(values, targets));
        Values([(0.5 + 3) / 2], ValueLoss.Mean(values, targets, Distance.Absolute));
        Values([(0.25 + 9) / 2], ValueLoss.Mean(values, targets, Distance.Squared));
        Values([(0.125 + 4) / 2], ValueLoss.Mean(values, targets, delta: 2));                       // 2 * (3 - 1)

        ValueLoss.Mean(values, targets, Distance.Squared).backward();
        Values([0.5, 3, 0], values.grad!);
    }

    [Fact]
    public void Shapes_are_checked_before_native_code_sees_them()
    {
        Assert.Throws<ArgumentException>(() => Focal.Mean(_logits, tensor([0L])));
        Assert.Throws<ArgumentException>(() => SoftCrossEntropy.Mean(_logits, zeros(2, 2)));
        Assert.Throws<ArgumentException>(() => BinaryCrossEntropy.Mean(_logits, zeros(2, 2)));
        Assert.Throws<ArgumentException>(() => ValueLoss.Mean(_logits, zeros(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryCrossEntropy.FocalMean(_logits, zeros(2, 3), alpha: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ValueLoss.Mean(_logits, _logits, delta: 0));
    }

    private static void Values(double[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.detach().flatten().data<float>().Select(value => (double)value), (one, other) => Math.Abs(one - other) < 1e-5);
}
