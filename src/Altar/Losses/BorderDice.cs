using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>border_dice</c>: <c>dice</c> whose areas are summed with the square of the border weight (<see cref="BorderWeight"/>).</summary>
/// <remarks>Source: github.com/asanakoy/kaggle_carvana_segmentation, asanakoy. Empty against empty, and a batch of ignored pixels, is 0.</remarks>
public static class BorderDice
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

    internal static Tensor Of(PixelBatch pixels, double smooth)
    {
        var weight = BorderWeight.Of(pixels);                                                     // [N, K, H, W]
        var areas = pixels.AreasUnder(weight.mul(weight));                                        // [N, K]
        return pixels.MeanOverClasses(SoftDice.Loss(new Areas(pixels.OfGroups(areas.Overlap), pixels.OfGroups(areas.Predicted), pixels.OfGroups(areas.True)), smooth));
    }
}
