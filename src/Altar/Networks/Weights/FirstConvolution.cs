using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>Weights for colour pictures in a network for other pictures.</summary>
public static class FirstConvolution
{
    private const int Colours = 3;

    /// <summary>
    /// Spreads the filters for red, green and blue over C channels: every whole three channels have them in that order, the one or two
    /// that remain have their mean, and all are multiplied by 3 / C. A picture whose channels are all the same is therefore seen as
    /// a grey picture was: grey (C = 1) starts from the sum of the three, two photos (C = 6) from half of them each.
    /// </summary>
    /// <param name="colours">[O, 3, kH, kW].</param>
    /// <param name="channels">C, at least 1.</param>
    /// <returns>[O, C, kH, kW], float32.</returns>
    public static Tensor Widen(Tensor colours, long channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (Shape.Nchw(colours, nameof(colours)).C != Colours) throw new ArgumentException($"the filters have {colours.shape[1]} channels instead of {Colours}.", nameof(colours));
        using var scope = NewDisposeScope();
        var filters = colours.to(ScalarType.Float32);
        var mean = filters.mean([1], keepdim: true);                                                        // [O, 1, kH, kW]
        var parts = Enumerable.Repeat(filters, (int)(channels / Colours)).Concat(Enumerable.Repeat(mean, (int)(channels % Colours)));
        return cat(parts.ToArray(), 1).MultiplyInPlace((double)Colours / channels).MoveToOuterDisposeScope();
    }

    /// <summary>Name of a network's first convolution; null where it has none.</summary>
    internal static string? NameIn(VisionNetwork network) =>
        network.named_parameters().Where(named => named.parameter.dim() == 4 && named.name.StartsWith(network.Blocks[0], StringComparison.Ordinal)).Select(named => named.name).FirstOrDefault();

    /// <summary>Widens a file's first convolution where the network has another number of channels; says so.</summary>
    /// <param name="network">What is to be filled.</param>
    /// <param name="tensors">By the network's names; changed. What is added belongs to the scope at hand.</param>
    internal static string? Fit(VisionNetwork network, Dictionary<string, Tensor> tensors)
    {
        if (NameIn(network) is not { } name || !tensors.TryGetValue(name, out var theirs)) return null;
        var own = network.state_dict()[name].shape;
        long[] colours = [own[0], Colours, own[2], own[3]];
        if (own[1] == Colours || !theirs.shape.SequenceEqual(colours)) return null;
        tensors[name] = Widen(theirs, own[1]);
        return $"{name} widened from {Colours} to {own[1]} channels";
    }
}
