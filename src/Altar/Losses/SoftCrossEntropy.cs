using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>Cross-entropy with shares of classes as the truth, as mixup and CutMix make them: -sum of t ln p.</summary>
/// <remarks>A row of zeros is a missing label: its sample costs nothing and has no gradient. With rows that are certain it equals <see cref="CrossEntropy"/>.</remarks>
public static class SoftCrossEntropy
{
    /// <summary>Sum of the losses over the sum of the targets times their weights: the mean over the labelled samples where each row sums to 1; 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="targets">Share of each class, float [N, K], each at least 0, rows summing to 1 (or to 0: missing).</param>
    /// <param name="smoothing">Share of the target spread evenly over all classes, in [0, 1). Default 0.</param>
    /// <param name="classWeights">Weight of each class, float [K]. Default: all 1.</param>
    /// <returns>Scalar, at least 0.</returns>
    /// <exception cref="ArgumentException">A shape or the smoothing is out of its range.</exception>
    public static Tensor Mean(Tensor logits, Tensor targets, double smoothing = 0, Tensor? classWeights = null)
    {
        using var scope = NewDisposeScope();
        var total = Each(logits, targets, smoothing, classWeights).sum();
        var weights = classWeights is null ? targets : targets.mul(classWeights);
        return Labels.Share(total, weights.sum()).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each sample; 0 where the label is missing.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="targets">Share of each class, float [N, K].</param>
    /// <param name="smoothing">Share of the target spread evenly over all classes, in [0, 1). Default 0.</param>
    /// <param name="classWeights">Weight of each class, float [K]. Default: all 1.</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">A shape or the smoothing is out of its range.</exception>
    public static Tensor Each(Tensor logits, Tensor targets, double smoothing = 0, Tensor? classWeights = null)
    {
        using var scope = NewDisposeScope();
        var (count, classes) = Shape.Nk(logits, nameof(logits));
        Labels.CheckShape(targets, [count, classes], nameof(targets));
        if (classWeights is not null) Labels.CheckShape(classWeights, [classes], nameof(classWeights));
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);

        var truth = smoothing == 0 ? targets : targets.Times(1 - smoothing).Plus(targets.sum(1, keepdim: true), smoothing / classes);   // [N, K]
        if (classWeights is not null) truth = truth.mul(classWeights);
        return truth.mul(logits.log_softmax(1)).sum(1).neg().MoveToOuterDisposeScope();
    }
}
