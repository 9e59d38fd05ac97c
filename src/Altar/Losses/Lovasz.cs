using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>lovasz</c>: the Lovasz extension of the Jaccard loss (arXiv:1705.08790): the hinge for one channel, the softmax form for more.</summary>
/// <remarks>
/// Errors are sorted, and each pays what the IoU loses when its pixel joins the wrong ones: for hard answers it is 1 - IoU exactly.
/// K = 1: errors are 1 - score * (+1 or -1), so the loss may pass 1. K >= 2: errors are |t - p|, averaged over the classes that occur, as in the paper.
/// Empty against empty: the hinge of the worst pixel for K = 1, 0 for a class that is absent. A batch of ignored pixels is 0.
/// </remarks>
public static class Lovasz
{
    /// <summary>The loss of the batch as a whole.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored. K = 1: 1 is the class, 0 the background.</param>
    /// <param name="classWeights">Weight of each class in the mean over the classes, float [K]; of no effect where K = 1. Default: all 1.</param>
    /// <returns>Scalar, at least 0; 0 is a perfect match.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public static Tensor Mean(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfBatch(logits, target, classWeights, Of);

    /// <summary><see cref="Mean"/> of each sample alone.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="target">Int64 [N, H, W].</param>
    /// <param name="classWeights">Float [K].</param>
    /// <returns>[N].</returns>
    public static Tensor Each(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfEach(logits, target, classWeights, Of);

    internal static Tensor Of(PixelBatch pixels)
    {
        var errors = pixels.Classes == 1 ? Hinge(pixels) : pixels.Truth.sub(pixels.Probabilities).abs();   // [N, K, H, W]
        var judged = pixels.Known.IsAtLeast(1).expand(errors.shape);

        // An ignored pixel has no error; it sorts behind all that cost something and changes no price before it.
        var (sorted, order) = pixels.Rows(where(judged, errors, zeros_like(errors))).sort(2, descending: true);   // [G, K, pixels]
        var truth = pixels.Rows(pixels.Truth).gather(2, order);
        var perClass = sorted.relu().mul(Prices(truth).to_type(sorted.dtype)).sum(2);                             // [G, K]
        return pixels.Classes == 1
            ? pixels.MeanOverClasses(perClass)
            : pixels.MeanOverClasses(perClass, truth.sum(2).IsAtLeast(1).to_type(perClass.dtype));
    }

    private static Tensor Hinge(PixelBatch pixels) => 1.0.Minus(pixels.Logits.mul(pixels.Truth.Times(2).Plus(-1)));

    // What the Jaccard loss grows by, pixel after pixel, worst first. In float64: a float counts only to 2^24 pixels.
    internal static Tensor Prices(Tensor truth)
    {
        var found = truth.to_type(ScalarType.Float64);                                          // [G, K, pixels]
        var area = found.sum(2, keepdim: true);
        var overlap = area.sub(found.cumsum(2));
        var union = area.Plus(1.0.Minus(found).cumsum(2));
        var loss = 1.0.Minus(overlap.div(union));
        return loss.diff(dim: 2, prepend: zeros_like(area));
    }
}
