namespace Altar.Datasets.Generated;

/// <summary>The outlines of the generated products, in units of half the product: x to the right, y down, both in -1..1.</summary>
internal static class ProductShapes
{
    /// <summary>A closed outline that is added to the silhouette or, for holes, cut out of what was added before.</summary>
    internal readonly record struct Part(IReadOnlyList<(double X, double Y)> Outline, bool IsHole = false);

    /// <summary>A class of products.</summary>
    internal sealed record Shape(string Name, IReadOnlyList<Part> Parts);

    /// <summary>The ten classes, in the order of their names.</summary>
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("bag",
        [
            new(Ellipse(0, -0.3, 0.5, 0.65)), new(Ellipse(0, -0.3, 0.36, 0.5), IsHole: true),
            new([(-0.75, -0.3), (0.75, -0.3), (0.95, 0.9), (-0.95, 0.9)]),
        ]),
        new("bottle", [new([(-0.17, -1), (0.17, -1), (0.17, -0.5), (0.45, -0.2), (0.45, 1), (-0.45, 1), (-0.45, -0.2), (-0.17, -0.5)])]),
        new("cushion", [new([(-0.95, -0.95), (0, -0.72), (0.95, -0.95), (0.72, 0), (0.95, 0.95), (0, 0.72), (-0.95, 0.95), (-0.72, 0)])]),
        new("hat", [new(Ellipse(0, 0.4, 1, 0.24)), new([(-0.5, -0.65), (-0.15, -0.55), (0.15, -0.55), (0.5, -0.65), (0.58, 0.4), (-0.58, 0.4)])]),
        new("lamp",
        [
            new([(-0.35, -0.95), (0.35, -0.95), (0.85, 0.15), (-0.85, 0.15)]),
            new([(-0.09, 0.15), (0.09, 0.15), (0.09, 0.8), (-0.09, 0.8)]), new(Ellipse(0, 0.84, 0.45, 0.14)),
        ]),
        new("mug",
        [
            new(Ellipse(0.4, 0, 0.55, 0.5)), new(Ellipse(0.4, 0, 0.34, 0.3), IsHole: true),
            new([(-0.8, -0.8), (0.4, -0.8), (0.35, 0.8), (-0.75, 0.8)]),
        ]),
        new("shirt",
        [
            new([(-0.35, -0.9), (-0.15, -0.72), (0.15, -0.72), (0.35, -0.9), (1, -0.5), (0.8, -0.05), (0.52, -0.25),
                 (0.52, 0.95), (-0.52, 0.95), (-0.52, -0.25), (-0.8, -0.05), (-1, -0.5)]),
        ]),
        new("shoe", [new([(-0.95, -0.6), (-0.4, -0.65), (-0.1, -0.15), (0.6, 0), (0.97, 0.25), (0.97, 0.55), (-0.95, 0.55)])]),
        new("trousers", [new([(-0.55, -1), (0.55, -1), (0.7, 1), (0.2, 1), (0, -0.25), (-0.2, 1), (-0.7, 1)])]),
        new("umbrella",
        [
            new([.. Ellipse(0, 0.1, 1, 0.95).Where(point => point.Y <= 0.1)]),
            new(Ellipse(-0.66, 0.12, 0.33, 0.2), IsHole: true), new(Ellipse(0, 0.12, 0.33, 0.2), IsHole: true), new(Ellipse(0.66, 0.12, 0.33, 0.2), IsHole: true),
            new([(-0.05, -0.2), (0.05, -0.2), (0.05, 0.85), (0.3, 0.85), (0.3, 1), (-0.05, 1)]),
        ]),
    ];

    private static IReadOnlyList<(double X, double Y)> Ellipse(double x, double y, double radiusX, double radiusY) =>
        [.. from step in Enumerable.Range(0, 48)
            let angle = step * Math.Tau / 48
            select (x + (radiusX * Math.Cos(angle)), y + (radiusY * Math.Sin(angle)))];
}
