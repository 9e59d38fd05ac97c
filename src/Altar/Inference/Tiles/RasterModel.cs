using static TorchSharp.torch;

namespace Altar.Inference.Tiles;

/// <summary>What a network says of pictures, pixel by pixel.</summary>
/// <param name="images">Normalised, float [N, C, H, W], on the model's device; H and W are multiples of its stride.</param>
/// <returns>Float [N, K, H, W]: probabilities.</returns>
public delegate Tensor PixelProbabilities(Tensor images);

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

    /// <summary>Where the network is. Default the CPU.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Names the weights, so that results of other weights are not taken for finished ones. Default "".</summary>
    public string Identity { get; init; } = "";

    /// <summary>Of one class: the probability from which on a pixel belongs to it, where the options name none. Default 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Input channels C.</summary>
    public int Channels => Mean.Count;
}
