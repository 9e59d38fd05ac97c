namespace Altar.Images.GeoTiff;

/// <summary>From pixels to the map: x = A column + B row + C, y = D column + E row + F.</summary>
/// <remarks>Columns and rows are counted from the outer corner of the first pixel, whose centre is (0.5, 0.5).</remarks>
/// <param name="A">Map x per column.</param>
/// <param name="B">Map x per row; 0 where north is up.</param>
/// <param name="C">Map x of the corner.</param>
/// <param name="D">Map y per column; 0 where north is up.</param>
/// <param name="E">Map y per row; below 0 where north is up.</param>
/// <param name="F">Map y of the corner.</param>
public readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Columns and rows as they are.</summary>
    public static Affine Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>Area of a pixel in square map units.</summary>
    public double PixelArea => Math.Abs((A * E) - (B * D));

    /// <summary>Where a point of the raster lies on the map.</summary>
    /// <param name="column">From the left edge, in pixels.</param>
    /// <param name="row">From the top edge, in pixels.</param>
    public (double X, double Y) Map(double column, double row) => ((A * column) + (B * row) + C, (D * column) + (E * row) + F);

    /// <summary>The same map for columns and rows that are counted from another corner.</summary>
    /// <param name="column">Added to each column.</param>
    /// <param name="row">Added to each row.</param>
    public Affine Shifted(double column, double row)
    {
        var (x, y) = Map(column, row);
        return this with { C = x, F = y };
    }
}
