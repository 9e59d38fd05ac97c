namespace Altar.Augmentation.Kernels;

/// <summary>Reads pixels between pixels: a row of coordinates in, a row of R, G, B and an unused byte out.</summary>
/// <remarks>
/// Coordinates lie in 0..side-1, whole numbers at pixel centres. All widths do the same whole-number arithmetic, weights of 7 bits across and
/// 15 bits down, so they agree to the bit for the same coordinates.
/// </remarks>
internal unsafe interface IBilinear
{
    /// <summary>Pixels a step; rows of coordinates and of results are padded to 16.</summary>
    static abstract void Sample(in SourceView source, float* x, float* y, uint* to, int count);
}
