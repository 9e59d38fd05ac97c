using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>tversky</c>: 1 - (I + 1) / (I + a (P - I) + b (T - I) + 1): Dice with a price of its own for false alarms and for misses (arXiv:1706.05721), over the whole batch, averaged over all classes.</summary>
/// <remarks>a = b = 0.5 is Dice, a = b = 1 is Jaccard. Empty against empty, and a batch of ignored pixels, is 0.</remarks>
public static class Tversky
{
    /// <summary>The loss of the batch as a whole.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored. K = 1: 1 is the class, 0 the background.</param>
    /// <param name="classWeights">Weight of each class in the mean over the classes, float [K]; of no effect where K = 1. Default: all 1.</param>
    /// <param name="falseAlarms">a, at least 0: the price of a pixel wrongly taken for the class. Default 0.3, the paper's best for small objects.</param>
    /// <param name="misses">b, at least 0: the price of a pixel of the class that was not found. Default 0.7.</param>
    /// <param name="smooth">Pixels added to numerator and denominator, above 0; an object of few pixels then does not dominate, and empty against empty is perfect. Default 1.</param>
    /// <returns>Scalar in [0, 1]; 0 is a perfect match.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public static Tensor Mean(Tensor logits, Tensor target, Tensor? classWeights = null, double falseAlarms = 0.3, double misses = 0.7, double smooth = 1) => PixelBatch.OfBatch(logits, target, classWeights, pixels => Of(pixels, falseAlarms, misses, smooth));

    /// <summary><see cref="Mean"/> of each sample alone.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="target">Int64 [N, H, W].</param>
    /// <param name="classWeights">Float [K].</param>
    /// <param name="falseAlarms">As there.</param>
    /// <param name="misses">As there.</param>
    /// <param name="smooth">As there.</param>
    /// <returns>[N].</returns>
    public static Tensor Each(Tensor logits, Tensor target, Tensor? classWeights = null, double falseAlarms = 0.3, double misses = 0.7, double smooth = 1) => PixelBatch.OfEach(logits, target, classWeights, pixels => Of(pixels, falseAlarms, misses, smooth));

    internal static Tensor Of(PixelBatch pixels, double falseAlarms, double misses, double smooth)
    {
        var areas = pixels.AreasOfGroups;
        var agreed = areas.Overlap.Plus(smooth);                                                  // [G, K]
        var wrong = areas.Predicted.sub(areas.Overlap).Times(falseAlarms).Plus(areas.True.sub(areas.Overlap), misses);
        return pixels.MeanOverClasses(1.0.Minus(agreed.div(agreed.Plus(wrong))));
    }
}
