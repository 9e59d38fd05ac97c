namespace Altar.Augmentation;

/// <summary>Barrel or pincushion distortion: a point of the result at distance r from the centre shows the picture at r (1 + k r^2).</summary>
/// <param name="Strength">k times 100000, where r is 181 (a 256x256 picture's half diagonal) at the picture's corners.</param>
/// <param name="CenterX">The centre's column as a share of the width.</param>
/// <param name="CenterY">The centre's row as a share of the height.</param>
public sealed record BarrelDraw(double Strength, double CenterX, double CenterY)
{
    // Half the diagonal of the Amazon pictures, 256x256.
    private const double CornerRadius = 181.01933598375618;

    /// <summary>k for squared distances in pixels of a picture of this size.</summary>
    internal double Coefficient(double width, double height) =>
        Strength * 1e-5 * CornerRadius * CornerRadius / (((width * width) + (height * height)) / 4);

    internal (double X, double Y) ToSource(double x, double y, double width, double height)
    {
        var (dx, dy) = (x - (CenterX * width), y - (CenterY * height));
        var factor = 1 + (Coefficient(width, height) * ((dx * dx) + (dy * dy)));
        return ((CenterX * width) + (dx * factor), (CenterY * height) + (dy * factor));
    }

    internal (double X, double Y) FromSource(double x, double y, double width, double height)
    {
        var (dx, dy) = (x - (CenterX * width), y - (CenterY * height));
        var wanted = Math.Sqrt((dx * dx) + (dy * dy));
        if (wanted == 0) return (x, y);
        var (k, r) = (Coefficient(width, height), wanted);
        for (var i = 0; i < 50; i++) r -= ((r * (1 + (k * r * r))) - wanted) / Math.Max(0.1, 1 + (3 * k * r * r));   // Newton
        return ((CenterX * width) + (dx * r / wanted), (CenterY * height) + (dy * r / wanted));
    }
}

/// <summary>Grid distortion: the result's cells are equal, the picture's cells are not.</summary>
/// <param name="Columns">The picture's column lines as shares of the width, from 0 to 1, never falling.</param>
/// <param name="Rows">The picture's row lines as shares of the height.</param>
public sealed record GridDraw(IReadOnlyList<double> Columns, IReadOnlyList<double> Rows)
{
    internal (double X, double Y) ToSource(double x, double y, double width, double height) =>
        (width * Stretch(Columns, x / width), height * Stretch(Rows, y / height));

    internal (double X, double Y) FromSource(double x, double y, double width, double height) =>
        (width * Unstretch(Columns, x / width), height * Unstretch(Rows, y / height));

    /// <summary>Where an even position lies in the uneven grid; beyond the ends the first and the last cell go on.</summary>
    private static double Stretch(IReadOnlyList<double> lines, double position)
    {
        var cells = lines.Count - 1;
        var cell = Math.Clamp((int)Math.Floor(position * cells), 0, cells - 1);
        return lines[cell] + (((position * cells) - cell) * (lines[cell + 1] - lines[cell]));
    }

    private static double Unstretch(IReadOnlyList<double> lines, double position)
    {
        var cells = lines.Count - 1;
        var cell = 0;
        while (cell < cells - 1 && position >= lines[cell + 1]) cell++;
        var width = lines[cell + 1] - lines[cell];
        return (cell + (width > 0 ? (position - lines[cell]) / width : 0)) / cells;
    }
}
