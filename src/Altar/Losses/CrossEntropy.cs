using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>How surprised a classifier is by the true classes: -ln p(true class).</summary>
/// <remarks>A label of -1 is missing: its sample costs nothing and has no gradient.</remarks>
public static class CrossEntropy
{
    /// <summary>Mean over the labelled samples; 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="labels">The true classes, int64 [N], values in [0, K) or -1.</param>
    /// <param name="smoothing">Share of the target spread evenly over all classes, in [0, 1) (arXiv:1512.00567). Default 0.</param>
    /// <param name="classWeights">Weight of each class, float [K]; the mean is then divided by the sum of the weights of the labels. Default: all 1.</param>
    /// <returns>Scalar, at least 0; 0 is certainty of the truth, log K is a guess.</returns>
    /// <exception cref="ArgumentException">A shape or the smoothing is out of its range.</exception>
    public static Tensor Mean(Tensor logits, Tensor labels, double smoothing = 0, Tensor? classWeights = null)
    {
        using var scope = NewDisposeScope();
        Check(logits, labels, smoothing, classWeights);
        var total = nn.functional.cross_entropy(logits, labels, classWeights, Labels.Missing, nn.Reduction.Sum, smoothing);   // []
        return Labels.Share(total, Labels.Weights(labels, classWeights, logits.dtype).sum()).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each sample, times its class weight; 0 where the label is missing.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="labels">The true classes, int64 [N], values in [0, K) or -1.</param>
    /// <param name="smoothing">Share of the target spread evenly over all classes, in [0, 1). Default 0.</param>
    /// <param name="classWeights">Weight of each class, float [K]. Default: all 1.</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">A shape or the smoothing is out of its range.</exception>
    public static Tensor Each(Tensor logits, Tensor labels, double smoothing = 0, Tensor? classWeights = null)
    {
        Check(logits, labels, smoothing, classWeights);
        return nn.functional.cross_entropy(logits, labels, classWeights, Labels.Missing, nn.Reduction.None, smoothing);       // [N]
    }

    private static void Check(Tensor logits, Tensor labels, double smoothing, Tensor? classWeights)
    {
        Labels.Check(logits, labels, classWeights);
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);
    }
}
