using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>log_jaccard</c>: -ln((I + e) / (P + T - I + e)), e = 1e-15, over the whole batch, summed over all classes: the second term of TernausNet's loss (arXiv:1801.05746).</summary>
/// <remarks>
/// TernausNet's loss with its weight w is <c>{bce: 1 - w, log_jaccard: w}</c>, for several classes <c>{cross_entropy: 1 - w, log_jaccard: w}</c>; the authors' w is 0.3.
/// The gradient grows as 1 / I, so a poor overlap is pulled hard. No object in the batch: about 34.5 + ln P, and only P has a gradient.
/// Empty against empty, and a batch of ignored pixels, is 0. Source: github.com/ternaus/TernausNet, loss.py.
/// </remarks>
public static class LogJaccard
{
    /// <summary>The loss of the batch as a whole: one Jaccard index for each class.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored. K = 1: 1 is the class, 0 the background.</param>
    /// <param name="classWeights">Factor of each class's term, float [K]; of no effect where K = 1. Default: all 1.</param>
    /// <returns>Scalar, at least 0; 0 is a perfect match.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public static Tensor Mean(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfBatch(logits, target, classWeights, Of);

    /// <summary><see cref="Mean"/> of each sample alone.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="target">Int64 [N, H, W].</param>
    /// <param name="classWeights">Float [K].</param>
    /// <returns>[N].</returns>
    public static Tensor Each(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfEach(logits, target, classWeights, Of);

    private const double Epsilon = 1e-15;

    internal static Tensor Of(PixelBatch pixels)
    {
        var areas = pixels.AreasOfGroups;
        var union = areas.Both.sub(areas.Overlap);                                                // [G, K]
        return pixels.SumOverClasses(union.Plus(Epsilon).log().sub(areas.Overlap.Plus(Epsilon).log()));
    }
}
