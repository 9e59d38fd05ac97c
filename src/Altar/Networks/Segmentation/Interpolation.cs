using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Enlarges maps without learning.</summary>
internal static class Interpolation
{
    /// <summary>A layer that doubles both sides.</summary>
    public static Upsample Layer(DecoderKind kind) => kind switch
    {
        DecoderKind.Nearest => nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Nearest),
        DecoderKind.Bilinear => nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a transposed convolution is no interpolation."),
    };

    /// <summary>Multiplies both sides: [N, C, H, W] to [N, C, fH, fW].</summary>
    /// <param name="map">Stays the caller's.</param>
    /// <param name="kind">Nearest or bilinear.</param>
    /// <param name="factor">f, a whole number.</param>
    /// <param name="alignsCorners">Bilinear: the corner pixels' centres stay where they are.</param>
    public static Tensor By(Tensor map, DecoderKind kind, long factor, bool alignsCorners = false)
    {
        long[] size = [map.shape[2] * factor, map.shape[3] * factor];
        return kind == DecoderKind.Nearest
            ? nn.functional.interpolate(map, size: size, mode: InterpolationMode.Nearest)
            : nn.functional.interpolate(map, size: size, mode: InterpolationMode.Bilinear, align_corners: alignsCorners);
    }
}
