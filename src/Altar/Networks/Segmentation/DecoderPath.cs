using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>The way up: each step frees the map it came from, so that only the encoder's maps and one of the decoder's are held.</summary>
internal static class DecoderPath
{
    /// <summary>One block on a map alone.</summary>
    /// <param name="map">Freed.</param>
    /// <param name="block">The block.</param>
    public static Tensor Into(this Tensor map, nn.Module<Tensor, Tensor> block)
    {
        var next = block.call(map);
        map.Dispose();
        return next;
    }

    /// <summary>One block on the decoder's map and the encoder's of the same size, in that order.</summary>
    /// <param name="map">Freed.</param>
    /// <param name="skip">Stays the caller's.</param>
    /// <param name="block">The block.</param>
    public static Tensor JoinedInto(this Tensor map, Tensor skip, nn.Module<Tensor, Tensor> block)
    {
        var joined = cat([map, skip], 1);    // [N, C + S, H, W]
        map.Dispose();
        return joined.Into(block);
    }
}
