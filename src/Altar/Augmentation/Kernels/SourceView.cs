namespace Altar.Augmentation.Kernels;

/// <summary>Packed RGB pixels that are read by a warp; at least 8 bytes behind the last pixel may be read.</summary>
internal readonly unsafe struct SourceView(byte* pixels, int width, int height)
{
    public readonly byte* Pixels = pixels;
    public readonly int Width = width;
    public readonly int Height = height;
}
