namespace Altar.Datasets.Generated;

/// <summary>The patterns of the generated products. Each has period 1 in both directions.</summary>
internal static class ProductTextures
{
    /// <summary>A place on the surface to the share of the second colour, 0..1.</summary>
    internal delegate double Texture(double u, double v);

    /// <summary>All patterns, in the order of <see cref="ProductShapes.All"/>: a product's own pattern has its index.</summary>
    public static IReadOnlyList<Texture> All { get; } =
        [Stripes, Dots, Checks, Rings, Zigzag, Bricks, Plaid, Scales, Crosses, Triangles];

    private static double Stripes(double u, double v) => Share(Fraction(u) < 0.5);

    private static double Dots(double u, double v)
    {
        var row = Math.Floor(v * 2);
        return Share(Distance(Fraction(u + (row % 2 * 0.5)) - 0.5, ((v * 2) - row - 0.5) / 2) < 0.19);
    }

    private static double Checks(double u, double v) => Share(Fraction(u) < 0.5 == Fraction(v) < 0.5);

    private static double Rings(double u, double v) => Share(Fraction(Distance(u, v)) < 0.5);

    private static double Zigzag(double u, double v) => Share(Fraction(v + Math.Abs(Fraction(u) - 0.5)) < 0.5);

    private static double Bricks(double u, double v)
    {
        var row = Math.Floor(v * 2);
        return Share((v * 2) - row < 0.25 || Fraction(u + (row % 2 * 0.5)) < 0.14);
    }

    private static double Plaid(double u, double v) => (0.5 * Share(Fraction(u) < 0.4)) + (0.5 * Share(Fraction(v) < 0.4));

    private static double Scales(double u, double v)
    {
        var row = Math.Floor(v * 2);
        var fromTop = Distance(Fraction(u + (row % 2 * 0.5)) - 0.5, ((v * 2) - row) / 2);
        return Share(fromTop is > 0.34 and < 0.5);
    }

    private static double Crosses(double u, double v)
    {
        var (x, y) = (Math.Abs(Fraction(u) - 0.5), Math.Abs(Fraction(v) - 0.5));
        return Share(Math.Min(x, y) < 0.1 && Math.Max(x, y) < 0.36);
    }

    private static double Triangles(double u, double v) => Share(2 * Math.Abs(Fraction(u) - 0.5) < Fraction(v));

    private static double Share(bool second) => second ? 1 : 0;

    private static double Fraction(double x) => x - Math.Floor(x);

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
