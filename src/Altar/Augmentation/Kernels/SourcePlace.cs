namespace Altar.Augmentation.Kernels;

/// <summary>Where the pixels at hand lie in the picture that a draw speaks of.</summary>
/// <param name="ScaleX">Columns at hand per column of the drawn size.</param>
/// <param name="ScaleY">Rows likewise.</param>
/// <param name="X">Left edge of the pixels at hand, in columns of the drawn size.</param>
/// <param name="Y">Upper edge, in rows of the drawn size.</param>
internal readonly record struct SourcePlace(double ScaleX, double ScaleY, double X, double Y);
