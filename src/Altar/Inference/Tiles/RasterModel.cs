using Altar.Images;
using static TorchSharp.torch;

namespace Altar.Inference.Tiles;

/// <summary>What a network says of pictures, pixel by pixel.</summary>
/// <param name="images">Normalised, float [N, C, H, W], on the model's device; at the scale 1 H and W are multiples of its stride.</param>
/// <returns>Float [N, K, H, W]: probabilities.</returns>
public delegate Tensor PixelProbabilities(Tensor images);

/// <summary>Pixels that a network gets for one of the picture.</summary>
/// <param name="X">Across, above 0.</param>
/// <param name="Y">Down, above 0.</param>
public readonly record struct NetworkScale(double X, double Y)
{
    /// <summary>As the picture is.</summary>
    public static NetworkScale One { get; } = new(1, 1);

    /// <summary>What shows a part of a picture at another size.</summary>
    /// <param name="part">In pixels of the picture.</param>
    /// <param name="size">In pixels of the network.</param>
    public static NetworkScale Of(PixelSize part, PixelSize size) => new((double)size.Width / part.Width, (double)size.Height / part.Height);

    /// <summary>A part of a picture in pixels of the network, at least 1.</summary>
    /// <param name="part">In pixels of the picture.</param>
    public PixelSize Apply(PixelSize part) => new(Math.Max(1, (int)Math.Round(part.Width * X)), Math.Max(1, (int)Math.Round(part.Height * Y)));
}

/// <summary>A network as prediction by tiles needs it: a function and what goes into and comes out of it.</summary>
public sealed record RasterModel
{
    /// <summary>The network.</summary>
    public required PixelProbabilities Probabilities { get; init; }

    /// <summary>Classes in the order of the K outputs. One name: its only output is the probability of that class against the background.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Subtracted from each of the C input channels in 0..1.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Divides each of the C input channels; above 0.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    /// <summary>What the sides of a picture have to be multiples of, in pixels. Default 32.</summary>
    public int Stride { get; init; } = 32;

    /// <summary>How large the network has seen things in training. Default: a pixel of the picture is one of the network's.</summary>
    public NetworkScale Scale { get; init; } = NetworkScale.One;

    /// <summary>The input size of a network that was taught with whole pictures: one that is no TIFF is stretched to it, whatever its size. Null (default): none is.</summary>
    public PixelSize? Whole { get; init; }

    /// <summary>Where the network is. Default the CPU.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Names the weights, so that results of other weights are not taken for finished ones. Default "".</summary>
    public string Identity { get; init; } = "";

    /// <summary>Of one class: the probability from which on a pixel belongs to it, where the options name none. Default 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Input channels C.</summary>
    public int Channels => Mean.Count;
}
