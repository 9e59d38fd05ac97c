using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>Focal loss of a classifier: (1 - p)^gamma * -ln p of the true class, so that easy samples count less (arXiv:1708.02002).</summary>
/// <remarks>gamma = 0 is <see cref="CrossEntropy"/>. A label of -1 is missing: no loss, no gradient.</remarks>
public static class Focal
{
    /// <summary>Mean over the labelled samples; 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="labels">The true classes, int64 [N], values in [0, K) or -1.</param>
    /// <param name="gamma">At least 0. Default 2, the paper's.</param>
    /// <param name="alpha">The paper's alpha: the weight of each class, float [K]; the mean is divided by the sum of the weights of the labels. Default: all 1.</param>
    /// <returns>Scalar, at least 0.</returns>
    /// <exception cref="ArgumentException">A shape or gamma is out of its range.</exception>
    public static Tensor Mean(Tensor logits, Tensor labels, double gamma = 2, Tensor? alpha = null)
    {
        using var scope = NewDisposeScope();
        var total = Each(logits, labels, gamma, alpha).sum();
        return Labels.Share(total, Labels.Weights(labels, alpha, logits.dtype).sum()).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each sample, times its alpha; 0 where the label is missing.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="labels">The true classes, int64 [N], values in [0, K) or -1.</param>
    /// <param name="gamma">At least 0. Default 2.</param>
    /// <param name="alpha">Weight of each class, float [K]. Default: all 1.</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">A shape or gamma is out of its range.</exception>
    public static Tensor Each(Tensor logits, Tensor labels, double gamma = 2, Tensor? alpha = null)
    {
        using var scope = NewDisposeScope();
        Labels.Check(logits, labels, alpha);
        var surprise = nn.functional.cross_entropy(logits, labels, ignore_index: Labels.Missing, reduction: nn.Reduction.None);   // [N]
        return FocalFactor.Applied(surprise, gamma).mul(Labels.Weights(labels, alpha, logits.dtype)).MoveToOuterDisposeScope();
    }
}
