using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>log_dice</c>: -ln((2I + e) / (P + T + e)), e = 1e-15, over the whole batch, summed over all classes: the second term of the loss <c>{bce: 1, log_dice: 1}</c> of Carvana's ternaus.</summary>
/// <remarks>
/// The original has e below the line only, and is infinite without an object in the batch; here that is about 34.5 + ln P. Empty against empty, and a batch of ignored pixels, is 0.
/// Source: github.com/asanakoy/kaggle_carvana_segmentation, ternaus.
/// </remarks>
public static class LogDice
{
    /// <summary>The loss of the batch as a whole: one Dice for each class.</summary>
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
        return pixels.SumOverClasses(areas.Both.Plus(Epsilon).log().sub(areas.Overlap.Times(2).Plus(Epsilon).log()));
    }
}
