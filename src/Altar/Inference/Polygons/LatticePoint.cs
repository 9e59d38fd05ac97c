namespace Altar.Inference.Polygons;

/// <summary>A corner of pixels: (0, 0) is the outer corner of the first pixel.</summary>
/// <param name="X">Columns from the left edge.</param>
/// <param name="Y">Rows from the top edge.</param>
public readonly record struct LatticePoint(int X, int Y);
