using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary><c>carvana_dice</c>: 1 - D, D = the mean over the samples of 2 (I + 1) / (P + T + 1), held in [0, 1]: the Dice of the Carvana winners, quirk and all.</summary>
/// <remarks>
/// The 1 stands inside 2 (I + 1), so D passes 1 before the match is perfect; held there, the term has no gradient. An empty pair has D = 2, held at 1.
/// Source: github.com/asanakoy/kaggle_carvana_segmentation, albu. The standard form is <see cref="SoftDice"/>.
/// </remarks>
public static class CarvanaDice
{
    /// <summary>The loss of the batch: samples are averaged before D is held in its range.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored. K = 1: 1 is the class, 0 the background.</param>
    /// <param name="classWeights">Weight of each class in the mean over the classes, float [K]; of no effect where K = 1. Default: all 1.</param>
    /// <returns>Scalar in [0, 1]; 0 is a match that is as good as perfect.</returns>
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
        var areas = pixels.AreasOfSamples;
        var dice = areas.Overlap.Plus(1).Times(2).div(areas.Both.Plus(1));                       // [N, K]
        return pixels.MeanOverClasses(1.0.Minus(pixels.MeanOfGroups(dice).Within(0, 1)));        // [G]
    }
}
