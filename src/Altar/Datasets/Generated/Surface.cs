using Altar.Images;
using OpenCvSharp;

namespace Altar.Datasets.Generated;

/// <summary>Where a thing lies in the picture.</summary>
/// <param name="X">Its centre, in pixels from the left.</param>
/// <param name="Y">Its centre, in pixels from the top.</param>
/// <param name="Radius">Half its side, in pixels.</param>
/// <param name="Angle">Its turn, in radians.</param>
/// <param name="Mirror">-1 if left and right are exchanged, else 1.</param>
internal readonly record struct Placement(double X, double Y, double Radius, double Angle, int Mirror)
{
    public (double X, double Y) ToPicture(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Angle);
        x *= Mirror;
        return (X + (Radius * ((cosine * x) - (sine * y))), Y + (Radius * ((sine * x) + (cosine * y))));
    }

    public (double X, double Y) ToThing(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Angle);
        var (dx, dy) = ((x - X) / Radius, (y - Y) / Radius);
        return (Mirror * ((cosine * dx) + (sine * dy)), (cosine * dy) - (sine * dx));
    }
}

/// <summary>A pattern in two colours with its own scale, turn and shift.</summary>
internal sealed record Surface(ProductTextures.Texture Texture, Tint First, Tint Second, double Periods, Placement Turn)
{
    private const int SubpixelBits = 4;

    /// <summary>Draws everything but the pattern itself.</summary>
    public static Surface Draw(ProductTextures.Texture texture, Random random, double contrast)
    {
        var first = Tint.Draw(random);
        var second = Tint.DrawBeside(first, contrast, random);
        var turn = new Placement(random.NextDouble() - 0.5, random.NextDouble() - 0.5, 1, random.NextDouble() * Math.Tau, 1);
        return new Surface(texture, first, second, Periods: 1.5 + (0.8 * random.NextDouble()), turn);
    }

    /// <summary>Fills the silhouette.</summary>
    public void Paint(Raster raster, IReadOnlyList<ProductShapes.Part> parts, Placement placement)
    {
        using var mask = new Mat(raster.Size.Height, raster.Size.Width, MatType.CV_8UC1, Scalar.Black);
        foreach (var part in parts)
        {
            var outline = part.Outline.Select(point => ToSubpixels(placement.ToPicture(point.X, point.Y)));
            Cv2.FillPoly(mask, [outline], part.IsHole ? Scalar.Black : Scalar.White, LineTypes.AntiAlias, SubpixelBits);
        }

        var reach = placement.Radius * 1.5;      // a corner of the unit square lies at 1.42
        var rows = (Start: Math.Max(0, (int)(placement.Y - reach)), End: Math.Min(raster.Size.Height, (int)(placement.Y + reach) + 1));
        var columns = (Start: Math.Max(0, (int)(placement.X - reach)), End: Math.Min(raster.Size.Width, (int)(placement.X + reach) + 1));
        for (var y = rows.Start; y < rows.End; y++)
        {
            var cover = mask.AsSpan<byte>().Slice(y * mask.Cols, mask.Cols);
            var row = raster.Row(y);
            for (var x = columns.Start; x < columns.End; x++)
            {
                if (cover[x] == 0) continue;
                var pixel = row.Slice(x * 3, 3);
                new Tint(pixel[0], pixel[1], pixel[2]).Mix(ColorAt(placement.ToThing(x, y)), cover[x] / 255.0).Write(pixel);
            }
        }
    }

    private Tint ColorAt((double X, double Y) thing)
    {
        var (u, v) = Turn.ToThing(thing.X, thing.Y);
        return First.Mix(Second, Texture(u * Periods, v * Periods));
    }

    private static Point ToSubpixels((double X, double Y) point) =>
        new(Math.Round(point.X * (1 << SubpixelBits)), Math.Round(point.Y * (1 << SubpixelBits)));
}
