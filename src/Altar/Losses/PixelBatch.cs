using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>A batch as the pixel losses see it: scores, truth, the pixels that are judged, and whether samples are taken together or each alone.</summary>
/// <remarks>
/// Shapes: N samples, K channels, H x W pixels; G groups: 1 for the whole batch, N for each sample alone. One channel is a sigmoid, more are a softmax.
/// What several losses need is made once, when first asked for; all of it lives in the dispose scope of <see cref="Judge"/>.
/// </remarks>
internal sealed class PixelBatch
{
    /// <summary>The class of a pixel that is not judged.</summary>
    public const long Ignored = -1;

    // Smaller than any weight, large enough for a float: 0 / this is 0 where nothing is judged.
    private const double Nothing = 1e-12;

    private readonly Tensor? _classWeights;
    private readonly bool _eachAlone;
    private Tensor? _known, _truth, _probabilities;
    private Areas? _areas;

    private PixelBatch(Tensor logits, Tensor target, Tensor? classWeights, bool eachAlone)
    {
        var (samples, classes, height, width) = Shape.Nchw(logits, nameof(logits));
        ArgumentNullException.ThrowIfNull(target);
        if (!target.shape.SequenceEqual([samples, height, width])) throw new ArgumentException($"target must be [{samples}, {height}, {width}], but is [{string.Join(", ", target.shape)}].", nameof(target));
        if (target.dtype != ScalarType.Int64) throw new ArgumentException($"target must be int64, but is {target.dtype}.", nameof(target));
        if (classWeights is not null && !classWeights.shape.SequenceEqual([classes])) throw new ArgumentException($"classWeights must be [{classes}], but is [{string.Join(", ", classWeights.shape)}].", nameof(classWeights));

        // Sums over millions of pixels need more than the 8 to 11 bits of the half types.
        Logits = logits.dtype is ScalarType.Float64 ? logits : logits.to_type(ScalarType.Float32);
        Target = target;
        _classWeights = classWeights?.to_type(Logits.dtype).to(Logits.device);
        _eachAlone = eachAlone;
        Classes = classes;
    }

    /// <summary>K.</summary>
    public long Classes { get; }

    /// <summary>Class of each pixel, int64 [N, H, W].</summary>
    public Tensor Target { get; }

    /// <summary>Raw scores, float32 or float64 [N, K, H, W].</summary>
    public Tensor Logits { get; }

    /// <summary>1 where the pixel is judged, 0 where it is ignored, [N, 1, H, W].</summary>
    public Tensor Known => _known ??= Target.IsAtLeast(0).to_type(Logits.dtype).unsqueeze(1);

    /// <summary>1 where the pixel is of the class, [N, K, H, W]; 0 in all channels where it is ignored. One channel: class 1.</summary>
    public Tensor Truth => _truth ??= Target.unsqueeze(1)                                                                             // [N, 1, H, W]
        .eq(Arithmetic.Counting(Classes == 1 ? 1 : 0, Classes, Logits.device).reshape(1, Classes, 1, 1)).to_type(Logits.dtype);

    /// <summary>Sigmoid or softmax of the scores, [N, K, H, W].</summary>
    public Tensor Probabilities => _probabilities ??= Classes == 1 ? Logits.sigmoid() : Logits.softmax(1);

    /// <summary>Soft areas of each sample, each [N, K].</summary>
    public Areas AreasOfSamples => _areas ??= AreasUnder(Known);

    /// <summary>Soft areas of each group, each [G, K].</summary>
    public Areas AreasOfGroups => AreasOfSamples is var areas && _eachAlone ? areas : new Areas(OfGroups(areas.Overlap), OfGroups(areas.Predicted), OfGroups(areas.True));

    /// <summary>The weight of each pixel in a loss with one term for each channel, [N, 1 or K, H, W]; 0 where it is ignored.</summary>
    public Tensor ChannelWeight => Classes == 1 || _classWeights is null ? PixelWeight : Known.mul(_classWeights.reshape(1, Classes, 1, 1));

    /// <summary>The weight of each pixel's class, [N, 1, H, W]; 0 where it is ignored. One channel: the class weight against 1 for the background.</summary>
    public Tensor PixelWeight => (_classWeights, Classes) switch
    {
        (null, _) => Known,
        (_, 1) => Truth.mul(_classWeights.Plus(-1)).Plus(Known),                                            // 1 + (w - 1) where it is the class
        _ => _classWeights.index_select(0, Target.AtLeast(0).flatten()).reshape(Known.shape).mul(Known),
    };

    /// <summary>Runs a loss over the batch as a whole.</summary>
    /// <returns>A scalar.</returns>
    public static Tensor OfBatch(Tensor logits, Tensor target, Tensor? classWeights, Func<PixelBatch, Tensor> loss) =>
        Judge(logits, target, classWeights, eachAlone: false, loss);

    /// <summary>Runs a loss over each sample alone.</summary>
    /// <returns>[N].</returns>
    public static Tensor OfEach(Tensor logits, Tensor target, Tensor? classWeights, Func<PixelBatch, Tensor> loss) =>
        Judge(logits, target, classWeights, eachAlone: true, loss);

    /// <summary>Sums over the pixels of each group.</summary>
    /// <param name="perPixel">[N, k, H, W].</param>
    /// <returns>[G, k].</returns>
    public Tensor Total(Tensor perPixel) => OfGroups(OverPixels(perPixel));

    /// <summary>Takes [N, k] to [G, k] by adding up the samples of the batch.</summary>
    /// <param name="perSample">[N, k].</param>
    public Tensor OfGroups(Tensor perSample) => _eachAlone ? perSample : perSample.sum(0, keepdim: true);

    /// <summary>Takes [N, k] to [G, k] by averaging the samples of the batch.</summary>
    /// <param name="perSample">[N, k].</param>
    public Tensor MeanOfGroups(Tensor perSample) => _eachAlone ? perSample : perSample.mean([0], keepdim: true);

    /// <summary>Pixels of a group in one row, [G, K, pixels].</summary>
    /// <param name="perPixel">[N, K, H, W].</param>
    public Tensor Rows(Tensor perPixel) => _eachAlone
        ? perPixel.flatten(2)                                                    // [N, K, HW]
        : perPixel.permute(1, 0, 2, 3).flatten(1).unsqueeze(0);                  // [1, K, NHW]

    /// <summary>Weighted mean over pixels and channels, 0 where no pixel is judged.</summary>
    /// <param name="loss">[N, k, H, W].</param>
    /// <param name="weight">A shape that broadcasts to it.</param>
    /// <returns>[G].</returns>
    public Tensor MeanOverPixels(Tensor loss, Tensor weight)
    {
        var total = Total(loss.mul(weight)).sum(1);                              // [G]
        var weights = Total(weight.expand(loss.shape)).sum(1);                   // [G]
        return total.div(weights.AtLeast(Nothing));
    }

    /// <summary>Mean over the classes by their weights.</summary>
    /// <param name="perClass">[G, K].</param>
    /// <param name="counted">[G, K], 0 for a class that is left out. Default: none is.</param>
    /// <returns>[G]; 0 where no class is counted.</returns>
    public Tensor MeanOverClasses(Tensor perClass, Tensor? counted = null)
    {
        var weight = counted ?? ones_like(perClass);
        if (Classes > 1 && _classWeights is not null) weight = weight.mul(_classWeights);
        return perClass.mul(weight).sum(1).div(weight.sum(1).AtLeast(Nothing));
    }

    /// <summary>Sum over the classes times their weights.</summary>
    /// <param name="perClass">[G, K].</param>
    /// <returns>[G].</returns>
    public Tensor SumOverClasses(Tensor perClass) => (Classes > 1 && _classWeights is not null ? perClass.mul(_classWeights) : perClass).sum(1);

    /// <summary>Soft areas of each sample under a weight of each pixel, each [N, K].</summary>
    /// <param name="weight">[N, 1 or K, H, W].</param>
    public Areas AreasUnder(Tensor weight)
    {
        var (predicted, truth) = (Probabilities.mul(weight), Truth.mul(weight));
        return new Areas(OverPixels(predicted.mul(Truth)), OverPixels(predicted), OverPixels(truth));
    }

    private static Tensor Judge(Tensor logits, Tensor target, Tensor? classWeights, bool eachAlone, Func<PixelBatch, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        var value = loss(new PixelBatch(logits, target, classWeights, eachAlone));                        // [G]
        return (eachAlone ? value : value.squeeze(0)).MoveToOuterDisposeScope();
    }

    private static Tensor OverPixels(Tensor perPixel) => perPixel.sum(2, 3);     // [N, k]
}

/// <summary>Soft areas in pixels.</summary>
/// <param name="Overlap">I: the sum of p t.</param>
/// <param name="Predicted">P: the sum of p.</param>
/// <param name="True">T: the sum of t.</param>
internal readonly record struct Areas(Tensor Overlap, Tensor Predicted, Tensor True)
{
    /// <summary>P + T.</summary>
    public Tensor Both => Predicted.Plus(True);
}
