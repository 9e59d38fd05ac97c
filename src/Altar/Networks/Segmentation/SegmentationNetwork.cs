using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Scores classes for every pixel.</summary>
/// <remarks>Parameter names, shapes and outputs are the authors', without the copies that their modules registered twice.</remarks>
public abstract class SegmentationNetwork : VisionNetwork
{
    /// <summary>Starts a network.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    protected SegmentationNetwork(string name) : base(name)
    {
    }

    /// <summary>Sides of the input have to be multiples of this, in pixels.</summary>
    public abstract int Stride { get; }

    /// <summary>Name in the catalogue of the classifier whose weights the encoder takes.</summary>
    public abstract string EncoderNetwork { get; }

    /// <summary>Where a tensor of that classifier belongs here.</summary>
    /// <param name="classifierTensor">E.g. "layer1.0.conv1.weight".</param>
    /// <returns>E.g. "encoder.layer1.0.conv1.weight"; null for what the encoder does not have.</returns>
    public abstract string? EncoderTensor(string classifierTensor);

    /// <summary>Logits of each pixel.</summary>
    /// <param name="input">Float [N, 3, H, W], H and W multiples of <see cref="Stride"/>.</param>
    /// <returns>Float [N, K, H, W].</returns>
    /// <exception cref="ArgumentException">A side is no multiple.</exception>
    public sealed override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (height, width) = (input.shape[^2], input.shape[^1]);
        if (height % Stride != 0 || width % Stride != 0) throw new ArgumentException($"{GetName()}: {height} by {width} pixels; both sides have to be multiples of {Stride}. Pad the picture.", nameof(input));
        using var scope = NewDisposeScope();
        return Segment(input).MoveToOuterDisposeScope();
    }

    /// <summary>The pass itself, inside a dispose scope.</summary>
    /// <param name="images">Float [N, 3, H, W].</param>
    /// <returns>Float [N, K, H, W].</returns>
    protected abstract Tensor Segment(Tensor images);
}
