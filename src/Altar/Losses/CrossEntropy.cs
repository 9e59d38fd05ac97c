using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>How surprised a classifier is by the true classes.</summary>
public static class CrossEntropy
{
    /// <summary>Mean of -log p(true class), natural logarithm.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="labels">The true classes, int64 [N], values in [0, K).</param>
    /// <param name="smoothing">Share of the target spread evenly over all classes, in [0, 1) (arXiv:1512.00567). Default 0.</param>
    /// <param name="classWeights">Weight of each class, float [K]; the mean is then divided by the sum of the weights of the labels. Default: all 1.</param>
    /// <returns>Scalar, at least 0; 0 is certainty of the truth, log K is a guess.</returns>
    /// <exception cref="ArgumentException">A shape or the smoothing is out of its range.</exception>
    public static Tensor Mean(Tensor logits, Tensor labels, double smoothing = 0, Tensor? classWeights = null)
    {
        var (count, classes) = Shape.Nk(logits, nameof(logits));
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.dim() != 1 || labels.shape[0] != count) throw new ArgumentException($"labels must be [{count}], but is [{string.Join(", ", labels.shape)}].", nameof(labels));
        if (classWeights is not null && (classWeights.dim() != 1 || classWeights.shape[0] != classes)) throw new ArgumentException($"classWeights must be [{classes}], but is [{string.Join(", ", classWeights.shape)}].", nameof(classWeights));
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);

        return nn.functional.cross_entropy(logits, labels, weight: classWeights, label_smoothing: smoothing);   // []
    }
}
