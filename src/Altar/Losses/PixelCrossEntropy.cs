using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>cross_entropy</c>: -ln p(true class) of each pixel under the softmax of K channels.</summary>
public static class PixelCrossEntropy
{
    /// <summary>Weighted mean over all judged pixels of the batch; 0 if there is none.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W], K at least 2.</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W], values in [0, K) or -1, which is ignored.</param>
    /// <param name="classWeights">Weight of each class's pixels, float [K]. Default: all 1.</param>
    /// <returns>Scalar, at least 0; 0 is certainty of the truth, ln K is a guess.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit, or there is one channel.</exception>
    public static Tensor Mean(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfBatch(logits, target, classWeights, Of);

    /// <summary><see cref="Mean"/> of each sample alone.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="target">Int64 [N, H, W].</param>
    /// <param name="classWeights">Float [K].</param>
    /// <returns>[N].</returns>
    public static Tensor Each(Tensor logits, Tensor target, Tensor? classWeights = null) => PixelBatch.OfEach(logits, target, classWeights, Of);

    internal static Tensor Of(PixelBatch pixels) => pixels.MeanOverPixels(OfEachPixel(pixels), pixels.PixelWeight);

    // [N, 1, H, W]; 0 where the pixel is ignored
    internal static Tensor OfEachPixel(PixelBatch pixels) => pixels.Classes > 1
        ? nn.functional.cross_entropy(pixels.Logits, pixels.Target, ignore_index: PixelBatch.Ignored, reduction: nn.Reduction.None).unsqueeze(1)
        : throw new ArgumentException("cross_entropy needs two channels or more: under a softmax, one channel is always right. Use bce.", nameof(pixels));
}
