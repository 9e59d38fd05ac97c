using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>Cross-entropy of labels that do not exclude each other: a sigmoid for each, with focal weighting by option.</summary>
/// <remarks>
/// A target below 0 is missing: no loss, no gradient. Focal is (1 - p)^gamma * -ln p times alpha for what holds and 1 - alpha for what does not
/// (arXiv:1708.02002, as torchvision's sigmoid_focal_loss).
/// </remarks>
public static class BinaryCrossEntropy
{
    /// <summary>Mean over the known targets of the batch; 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="targets">[N, K], any type: 1 holds, 0 does not, below 0 is missing. Shares between 0 and 1 are allowed.</param>
    /// <param name="labelWeights">Weight of each label in the mean, float [K]. Default: all 1.</param>
    /// <param name="positiveWeights">Factor of the loss where the label holds, float [K], to make up for rare labels. Default: all 1.</param>
    /// <returns>Scalar, at least 0; 0 is certainty of the truth, ln 2 is a guess.</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public static Tensor Mean(Tensor logits, Tensor targets, Tensor? labelWeights = null, Tensor? positiveWeights = null)
    {
        using var scope = NewDisposeScope();
        var (loss, weight) = Terms(logits, targets, labelWeights, positiveWeights);
        return Labels.Share(loss.mul(weight).sum(), weight.sum()).MoveToOuterDisposeScope();
    }

    /// <summary>Mean over the known targets of each sample; 0 if it has none.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="targets">[N, K]: 1, 0, or below 0 for missing.</param>
    /// <param name="labelWeights">Weight of each label in the mean, float [K]. Default: all 1.</param>
    /// <param name="positiveWeights">Factor of the loss where the label holds, float [K]. Default: all 1.</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public static Tensor Each(Tensor logits, Tensor targets, Tensor? labelWeights = null, Tensor? positiveWeights = null)
    {
        using var scope = NewDisposeScope();
        var (loss, weight) = Terms(logits, targets, labelWeights, positiveWeights);
        return Labels.Share(loss.mul(weight).sum(1), weight.sum(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Focal loss, mean over the known targets of the batch (alpha is no part of the divisor); 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="targets">[N, K]: 1, 0, or below 0 for missing.</param>
    /// <param name="gamma">At least 0. Default 2, the paper's.</param>
    /// <param name="alpha">Weight of what holds, in (0, 1); what does not has 1 - alpha. Default: both 1. The paper's is 0.25.</param>
    /// <returns>Scalar, at least 0.</returns>
    /// <exception cref="ArgumentException">A shape, gamma or alpha is out of its range.</exception>
    public static Tensor FocalMean(Tensor logits, Tensor targets, double gamma = 2, double? alpha = null)
    {
        using var scope = NewDisposeScope();
        var (loss, known) = FocalTerms(logits, targets, gamma, alpha);
        return Labels.Share(loss.mul(known).sum(), known.sum()).MoveToOuterDisposeScope();
    }

    /// <summary>Focal loss, mean over the known targets of each sample; 0 if it has none.</summary>
    /// <param name="logits">Raw scores, float [N, K].</param>
    /// <param name="targets">[N, K]: 1, 0, or below 0 for missing.</param>
    /// <param name="gamma">At least 0. Default 2.</param>
    /// <param name="alpha">Weight of what holds, in (0, 1). Default: no weights.</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">A shape, gamma or alpha is out of its range.</exception>
    public static Tensor FocalEach(Tensor logits, Tensor targets, double gamma = 2, double? alpha = null)
    {
        using var scope = NewDisposeScope();
        var (loss, known) = FocalTerms(logits, targets, gamma, alpha);
        return Labels.Share(loss.mul(known).sum(1), known.sum(1)).MoveToOuterDisposeScope();
    }

    // Both [N, K].
    private static (Tensor Loss, Tensor Weight) Terms(Tensor logits, Tensor targets, Tensor? labelWeights, Tensor? positiveWeights)
    {
        var (count, labels) = Shape.Nk(logits, nameof(logits));
        Labels.CheckShape(targets, [count, labels], nameof(targets));
        if (labelWeights is not null) Labels.CheckShape(labelWeights, [labels], nameof(labelWeights));
        if (positiveWeights is not null) Labels.CheckShape(positiveWeights, [labels], nameof(positiveWeights));

        var known = targets.IsAtLeast(0).to_type(logits.dtype);
        var truth = targets.AtLeast(0).to_type(logits.dtype);
        var loss = nn.functional.binary_cross_entropy_with_logits(logits, truth, reduction: nn.Reduction.None, pos_weights: positiveWeights);
        return (loss, labelWeights is null ? known : known.mul(labelWeights));
    }

    private static (Tensor Loss, Tensor Known) FocalTerms(Tensor logits, Tensor targets, double gamma, double? alpha)
    {
        if (alpha is <= 0 or >= 1 or double.NaN) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha must be in (0, 1).");
        var (surprise, known) = Terms(logits, targets, null, null);
        var loss = FocalFactor.Applied(surprise, gamma);
        if (alpha is not { } weight) return (loss, known);
        var truth = targets.AtLeast(0).to_type(logits.dtype);
        return (loss.mul(truth.Times((2 * weight) - 1).Plus(1 - weight)), known);               // alpha t + (1 - alpha) (1 - t)
    }
}
