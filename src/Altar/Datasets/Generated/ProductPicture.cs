using Altar.Images;
using OpenCvSharp;

namespace Altar.Datasets.Generated;

/// <summary>Draws one product over a cluttered background. Everything but shape and pattern is chance, so that colour, place and light tell nothing.</summary>
internal static class ProductPicture
{
    // A product wears its own pattern this often, else that of its successor: pattern alone leaves doubt, shape decides.
    private const double OwnTextureShare = 0.8;

    /// <param name="product">Index into <see cref="ProductShapes.All"/>.</param>
    /// <param name="random">The source of everything else.</param>
    public static Raster Draw(int product, Random random)
    {
        var raster = new Raster(DrawSize(random));
        using var canvas = Mat.FromPixelData(raster.Size.Height, raster.Size.Width, MatType.CV_8UC3, raster.Pixels);
        PaintBackground(raster, random);
        for (var count = random.Next(4, 12); count > 0; count--) PaintClutter(canvas, random, Between(random, 0.1, 0.35));
        for (var count = random.Next(0, 3); count > 0; count--) PaintTexturedBlob(raster, random);
        PaintProduct(raster, product, random);
        if (random.NextDouble() < 0.4) PaintClutter(canvas, random, 0.1);
        ApplyLight(raster, random);
        if (random.NextDouble() < 0.3) Cv2.GaussianBlur(canvas, canvas, new Size(0, 0), Between(random, 0.4, 1.0));
        return raster;
    }

    private static PixelSize DrawSize(Random random)
    {
        var shorter = random.Next(112, 208);
        var longer = (int)(shorter * Between(random, 1, 1.6));
        return random.Next(2) == 0 ? new PixelSize(shorter, longer) : new PixelSize(longer, shorter);
    }

    private static void PaintBackground(Raster raster, Random random)
    {
        var (top, bottom) = (Muted(random), Muted(random));
        for (var y = 0; y < raster.Size.Height; y++)
        {
            var tint = top.Mix(bottom, (double)y / raster.Size.Height);
            var row = raster.Row(y);
            for (var x = 0; x < row.Length; x += 3) tint.Write(row[x..]);
        }
    }

    private static void PaintClutter(Mat canvas, Random random, double extent)
    {
        var radius = extent * Math.Min(canvas.Width, canvas.Height);
        var center = new Point(random.Next(canvas.Width), random.Next(canvas.Height));
        var color = Muted(random).ToScalar();
        switch (random.Next(3))
        {
            case 0:
                var axes = new Size(Between(random, 0.3, 1) * radius, Between(random, 0.3, 1) * radius);
                Cv2.Ellipse(canvas, center, axes, random.Next(180), 0, 360, color, -1, LineTypes.AntiAlias);
                break;
            case 1:
                var end = center + new Point(Between(random, -2, 2) * radius, Between(random, -2, 2) * radius);
                Cv2.Line(canvas, center, end, color, random.Next(1, 7), LineTypes.AntiAlias);
                break;
            default:
                var corners = Enumerable.Range(0, random.Next(3, 6))
                    .Select(_ => center + new Point(Between(random, -1, 1) * radius, Between(random, -1, 1) * radius));
                Cv2.FillPoly(canvas, [corners], color, LineTypes.AntiAlias);
                break;
        }
    }

    private static void PaintTexturedBlob(Raster raster, Random random)
    {
        var radius = Between(random, 0.1, 0.22) * raster.Size.Shorter;
        var placement = new Placement(random.Next(raster.Size.Width), random.Next(raster.Size.Height), radius, Between(random, 0, Math.Tau), 1);
        var texture = ProductTextures.All[random.Next(ProductTextures.All.Count)];
        Surface.Draw(texture, random, contrast: 0.15).Paint(raster, [Blob], placement);
    }

    private static void PaintProduct(Raster raster, int product, Random random)
    {
        var radius = Between(random, 0.36, 0.48) * raster.Size.Shorter;
        var placement = new Placement(
            Between(random, radius * 0.9, raster.Size.Width - (radius * 0.9)),
            Between(random, radius * 0.9, raster.Size.Height - (radius * 0.9)),
            radius, Between(random, -0.35, 0.35), random.Next(2) == 0 ? 1 : -1);
        var textures = ProductTextures.All;
        var texture = textures[random.NextDouble() < OwnTextureShare ? product : (product + 1) % textures.Count];
        Surface.Draw(texture, random, contrast: 0.35).Paint(raster, ProductShapes.All[product].Parts, placement);
    }

    // Light falls off across the picture, and every pixel has noise of its own.
    private static void ApplyLight(Raster raster, Random random)
    {
        var (level, slopeX, slopeY) = (Between(random, 0.75, 1.15), Between(random, -0.35, 0.35), Between(random, -0.35, 0.35));
        var noise = Between(random, 4, 26);
        for (var y = 0; y < raster.Size.Height; y++)
        {
            var row = raster.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                var light = level + (slopeX * ((i / (double)row.Length) - 0.5)) + (slopeY * ((y / (double)raster.Size.Height) - 0.5));
                row[i] = Tint.ToByte((row[i] * light) + ((random.NextSingle() + random.NextSingle() - 1) * noise));
            }
        }
    }

    // Surroundings are paler than products, as a photographer would have it.
    private static Tint Muted(Random random)
    {
        var tint = Tint.Draw(random);
        return tint.Mix(new Tint(tint.Luma, tint.Luma, tint.Luma), 0.6);
    }

    private static readonly ProductShapes.Part Blob = new(
        [.. Enumerable.Range(0, 24).Select(step => (Math.Cos(step * Math.Tau / 24), Math.Sin(step * Math.Tau / 24)))]);

    private static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());
}
