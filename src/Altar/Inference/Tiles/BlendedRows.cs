namespace Altar.Inference.Tiles;

/// <summary>Finished rows of a raster.</summary>
/// <param name="Y">The first of them.</param>
/// <param name="Count">Rows.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Values">Class after class, row after row.</param>
public sealed record BlendedRows(int Y, int Count, int Width, float[] Values)
{
    /// <summary>Classes.</summary>
    public int Classes => Values.Length / Width / Count;

    /// <summary>One row of one class.</summary>
    /// <param name="of">The class.</param>
    /// <param name="row">The row, 0 for <see cref="Y"/>.</param>
    public ReadOnlySpan<float> Row(int of, int row) => Values.AsSpan(((of * Count) + row) * Width, Width);
}
