using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>focal</c>: (1 - p)^gamma times the cross-entropy -ln p of each pixel's truth, so that the easy many do not drown the hard few (arXiv:1708.02002).</summary>
/// <remarks>K = 1: sigmoid, the paper's alpha is a class weight alpha / (1 - alpha). K >= 2: softmax. gamma = 0 is <c>bce</c> or <c>cross_entropy</c>.</remarks>
public static class PixelFocal
{
    /// <summary>Weighted mean over all judged pixels of the batch; 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored. K = 1: 1 is the class, 0 the background.</param>
    /// <param name="classWeights">Float [K]: the weight of each class's pixels; K = 1: of the class's pixels, the background has 1. Default: all 1.</param>
    /// <param name="gamma">At least 0: how much the easy ones are turned down. Default 2, the paper's.</param>
    /// <returns>Scalar, at least 0; 0 is certainty of the truth.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public static Tensor Mean(Tensor logits, Tensor target, Tensor? classWeights = null, double gamma = 2) => PixelBatch.OfBatch(logits, target, classWeights, pixels => Of(pixels, gamma));

    /// <summary><see cref="Mean"/> of each sample alone.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="target">Int64 [N, H, W].</param>
    /// <param name="classWeights">Float [K].</param>
    /// <param name="gamma">As there.</param>
    /// <returns>[N].</returns>
    public static Tensor Each(Tensor logits, Tensor target, Tensor? classWeights = null, double gamma = 2) => PixelBatch.OfEach(logits, target, classWeights, pixels => Of(pixels, gamma));

    internal static Tensor Of(PixelBatch pixels, double gamma)
    {
        var surprise = pixels.Classes == 1 ? PixelBinaryCrossEntropy.OfEachPixel(pixels) : PixelCrossEntropy.OfEachPixel(pixels);   // -ln p, [N, 1, H, W]
        return pixels.MeanOverPixels(FocalFactor.Applied(surprise, gamma), pixels.PixelWeight);
    }
}
