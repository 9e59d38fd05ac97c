using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>dice</c>: 1 - (2I + 1) / (P + T + 1), the smooth soft Dice loss (V-Net, arXiv:1606.04797), over the whole batch, averaged over all classes.</summary>
/// <remarks>I = sum of p t, P = sum of p, T = sum of t. A class that is absent counts too: its loss P / (P + 1) is the price of false alarms. Empty against empty, and a batch of ignored pixels, is 0.</remarks>
public static class SoftDice
{
    /// <summary>The loss of the batch as a whole.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored. K = 1: 1 is the class, 0 the background.</param>
    /// <param name="classWeights">Weight of each class in the mean over the classes, float [K]; of no effect where K = 1. Default: all 1.</param>
    /// <param name="smooth">Pixels added to numerator and denominator, above 0; an object of few pixels then does not dominate, and empty against empty is perfect. Default 1.</param>
    /// <returns>Scalar in [0, 1]; 0 is a perfect match.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public static Tensor Mean(Tensor logits, Tensor target, Tensor? classWeights = null, double smooth = 1) => PixelBatch.OfBatch(logits, target, classWeights, pixels => Of(pixels, smooth));

    /// <summary><see cref="Mean"/> of each sample alone.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="target">Int64 [N, H, W].</param>
    /// <param name="classWeights">Float [K].</param>
    /// <param name="smooth">As there.</param>
    /// <returns>[N].</returns>
    public static Tensor Each(Tensor logits, Tensor target, Tensor? classWeights = null, double smooth = 1) => PixelBatch.OfEach(logits, target, classWeights, pixels => Of(pixels, smooth));

    internal static Tensor Of(PixelBatch pixels, double smooth) => pixels.MeanOverClasses(Loss(pixels.AreasOfGroups, smooth));

    // [G, K]
    internal static Tensor Loss(Areas areas, double smooth) =>
        1.0.Minus(areas.Overlap.Times(2).Plus(smooth).div(areas.Both.Plus(smooth)));
}
