using static TorchSharp.torch;

namespace Altar.Tensors;

/// <summary>The memory order N, H, W, C under the shape [N, C, H, W]: what convolutions on CPUs and tensor cores are fastest with.</summary>
/// <remarks>TorchSharp has no memory-format argument. Convolutions keep the order, so it is set once, on the input and on the weights.</remarks>
public static class ChannelsLast
{
    /// <summary>Whether the memory of a tensor is in the order N, H, W, C without gaps. Axes of length 1 have no order.</summary>
    /// <param name="tensor">[N, C, H, W]; any other number of axes is false.</param>
    public static bool Holds(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.dim() != 4) return false;
        var (shape, strides) = (tensor.shape, tensor.stride());
        var expected = 1L;
        foreach (var axis in (ReadOnlySpan<int>)[1, 3, 2, 0])
        {
            if (shape[axis] != 1 && strides[axis] != expected) return false;
            expected *= shape[axis];
        }

        return true;
    }

    /// <summary>A tensor of the same numbers in the order N, H, W, C.</summary>
    /// <param name="tensor">[N, C, H, W].</param>
    /// <returns>[N, C, H, W]; it shares the memory of <paramref name="tensor"/> where that has the order already.</returns>
    public static Tensor Of(Tensor tensor)
    {
        Shape.Nchw(tensor, nameof(tensor));
        using var lastAxis = tensor.permute(0, 2, 3, 1);   // [N, H, W, C]
        using var ordered = lastAxis.contiguous();         // [N, H, W, C]
        return ordered.permute(0, 3, 1, 2);                // [N, C, H, W]
    }

    /// <summary>Puts the kernels of a network into the order N, H, W, C, in place: the parameters stay the same objects.</summary>
    /// <param name="network">The network, on its device.</param>
    public static void Convert(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var noGradients = no_grad();
        foreach (var weight in network.parameters())
        {
            if (weight.dim() != 4 || Holds(weight)) continue;
            using var ordered = Of(weight);                // [O, I, KH, KW]
            weight.set_(ordered);
        }
    }
}
