using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>bce</c>: binary cross-entropy of each pixel and channel, one class against the rest.</summary>
/// <remarks>Made for one channel (K = 1). With more, every channel is judged as a sigmoid of its own, though prediction takes their softmax: prefer <see cref="PixelCrossEntropy"/>.</remarks>
public static class PixelBinaryCrossEntropy
{
    /// <summary>Weighted mean over all judged pixels of the batch; 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored. K = 1: 1 is the class, 0 the background.</param>
    /// <param name="classWeights">Float [K]: the weight of each channel; K = 1: of the class's pixels, the background has 1. Default: all 1.</param>
    /// <returns>Scalar, at least 0; 0 is certainty of the truth, ln 2 is a guess.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public static Tensor Mean(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfBatch(logits, target, classWeights, Of);

    /// <summary><see cref="Mean"/> of each sample alone.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="target">Int64 [N, H, W].</param>
    /// <param name="classWeights">Float [K].</param>
    /// <returns>[N].</returns>
    public static Tensor Each(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfEach(logits, target, classWeights, Of);

    internal static Tensor Of(PixelBatch pixels) => pixels.MeanOverPixels(OfEachPixel(pixels), pixels.ChannelWeight);

    // [N, K, H, W]
    internal static Tensor OfEachPixel(PixelBatch pixels) =>
        nn.functional.binary_cross_entropy_with_logits(pixels.Logits, pixels.Truth, reduction: nn.Reduction.None);
}
