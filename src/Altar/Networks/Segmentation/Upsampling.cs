namespace Altar.Networks.Segmentation;

/// <summary>How a decoder doubles the resolution.</summary>
/// <param name="Decoder">The kind.</param>
/// <param name="Kernel">Kernel of a transposed convolution, in pixels: 2, 3 or 4. Interpolation does not read it.</param>
public readonly record struct Upsampling(DecoderKind Decoder, int Kernel = 4)
{
    /// <summary>Whether a transposed convolution does it.</summary>
    public bool IsTransposed => Decoder == DecoderKind.Deconv;
}
