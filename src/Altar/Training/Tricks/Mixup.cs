using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Mixup (arXiv:1710.09412): learns from blends of two pictures, with the loss shared between their targets.</summary>
public static class Mixup
{
    /// <summary>The blended pictures.</summary>
    /// <param name="images">Float [N, ...].</param>
    /// <param name="partner">A permutation of 0 .. N - 1, int64 [N].</param>
    /// <param name="weight">Share of the partner, 0 (no change) to 1.</param>
    /// <returns>Float [N, ...].</returns>
    public static Tensor Blend(Tensor images, Tensor partner, double weight)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        return images.Plus(images.index_select(0, partner).sub(images), weight).MoveToOuterDisposeScope();   // [N, ...]
    }
}
