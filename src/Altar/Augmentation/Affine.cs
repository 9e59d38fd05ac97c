namespace Altar.Augmentation;

/// <summary>x' = XX x + XY y + X0, y' = YX x + YY y + Y0.</summary>
/// <param name="XX">x' per x.</param>
/// <param name="XY">x' per y.</param>
/// <param name="X0">x' of the origin.</param>
/// <param name="YX">y' per x.</param>
/// <param name="YY">y' per y.</param>
/// <param name="Y0">y' of the origin.</param>
public readonly record struct Affine(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    /// <summary>Leaves every point where it is.</summary>
    public static Affine Identity { get; } = Scaling(1, 1);

    /// <summary>Multiplies the coordinates.</summary>
    /// <param name="x">Factor of x.</param>
    /// <param name="y">Factor of y.</param>
    public static Affine Scaling(double x, double y) => new(x, 0, 0, 0, y, 0);

    /// <summary>Adds to the coordinates.</summary>
    /// <param name="x">Added to x.</param>
    /// <param name="y">Added to y.</param>
    public static Affine Translation(double x, double y) => new(1, 0, x, 0, 1, y);

    /// <summary>Where a point comes to lie.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    public (double X, double Y) Map(double x, double y) => ((XX * x) + (XY * y) + X0, (YX * x) + (YY * y) + Y0);

    /// <summary>This map, then the next one.</summary>
    /// <param name="next">What happens afterwards.</param>
    public Affine Then(Affine next) => new(
        (next.XX * XX) + (next.XY * YX), (next.XX * XY) + (next.XY * YY), (next.XX * X0) + (next.XY * Y0) + next.X0,
        (next.YX * XX) + (next.YY * YX), (next.YX * XY) + (next.YY * YY), (next.YX * X0) + (next.YY * Y0) + next.Y0);

    /// <summary>The way back. The map must not fold the plane onto a line.</summary>
    public Affine Inverse()
    {
        var area = (XX * YY) - (XY * YX);
        return new Affine(YY / area, -XY / area, ((XY * Y0) - (YY * X0)) / area, -YX / area, XX / area, ((YX * X0) - (XX * Y0)) / area);
    }

    /// <summary>The length that a unit step in the least stretched direction becomes: the smaller singular value.</summary>
    public double SmallestStretch()
    {
        var (sum, area) = ((XX * XX) + (XY * XY) + (YX * YX) + (YY * YY), Math.Abs((XX * YY) - (XY * YX)));
        return Math.Sqrt(Math.Max(0, (sum - Math.Sqrt(Math.Max(0, (sum * sum) - (4 * area * area)))) / 2));
    }
}
