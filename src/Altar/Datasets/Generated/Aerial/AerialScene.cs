using Altar.Datasets.Boxes;
using Altar.Images;
using Altar.Tensors;
using OpenCvSharp;
using static Altar.Datasets.Generated.Aerial.AerialStyle;

namespace Altar.Datasets.Generated.Aerial;

/// <summary>Draws one tile, 0.3 metres a pixel as in the Inria set.</summary>
internal static class AerialScene
{
    private const double ShadowDepth = 0.55;

    /// <returns>The picture, and its mask: 255 where a building stands, else 0.</returns>
    public static (Raster Picture, Mask Mask) Draw(PixelSize size, AerialStyle style, Seed seed)
    {
        var random = seed.ToRandom();
        using var canvas = new AerialCanvas(size);
        AerialGround.Paint(canvas, style, random);
        var buildings = Place(canvas, style, random);
        var trees = AerialTrees.Draw(canvas, style, random);
        foreach (var building in buildings) building.PaintShadow(canvas, style);
        foreach (var tree in trees) AerialTrees.PaintShadow(canvas, tree, style);
        Darken(canvas);
        foreach (var building in buildings) building.PaintRoof(canvas, style, random);
        foreach (var tree in trees) AerialTrees.PaintCrown(canvas, tree, style, random);
        Expose(canvas, random);
        var mask = new ObjectPainter(_ => Mask.Ignored).Paint(buildings.Select(building => building.Outline), PixelBox.Whole(size));
        return (canvas.Raster, mask);
    }

    private static List<AerialBuilding> Place(AerialCanvas canvas, AerialStyle style, Random random)
    {
        const int Margin = 60;
        var buildings = new List<AerialBuilding>();
        var tries = (int)((canvas.Size.Width + (2.0 * Margin)) * (canvas.Size.Height + (2 * Margin)) / 1500 * style.Density);
        for (var i = 0; i < tries; i++)
        {
            var building = AerialBuilding.Draw((Between(random, -Margin, canvas.Size.Width + Margin), Between(random, -Margin, canvas.Size.Height + Margin)), style, random);
            if (!canvas.IsFree(building.Lot.Grown(9))) continue;
            canvas.Take(building.Lot.Grown(-3));
            canvas.Take(building.Lot);
            buildings.Add(building);
        }

        return buildings;
    }

    private static void Darken(AerialCanvas canvas)
    {
        using var soft = new Mat();
        Cv2.GaussianBlur(canvas.Shadow, soft, new Size(0, 0), 0.8);
        for (var y = 0; y < canvas.Size.Height; y++)
        {
            var row = canvas.Raster.Row(y);
            var shadow = soft.AsSpan<byte>().Slice(y * canvas.Size.Width, canvas.Size.Width);
            for (var x = 0; x < shadow.Length; x++)
            {
                if (shadow[x] == 0) continue;
                var dark = ShadowDepth * shadow[x] / 255;
                new Tint(row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]).Mix(new Tint(20, 24, 38), dark).Write(row[(x * 3)..]);
            }
        }
    }

    // The lens, the air, and the sensor: a little blur, light that changes over the tile, noise.
    private static void Expose(AerialCanvas canvas, Random random)
    {
        Cv2.GaussianBlur(canvas.Picture, canvas.Picture, new Size(0, 0), Between(random, 0.5, 0.9));
        using var light = AerialGround.Noise(canvas, 200, random);
        using var dirt = AerialGround.Noise(canvas, 12, random);
        var (gain, haze, noise) = (Between(random, 0.85, 1.15), Between(random, 0, 18), Between(random, 5, 12));
        for (var y = 0; y < canvas.Size.Height; y++)
        {
            var row = canvas.Raster.Row(y);
            var wide = light.AsSpan<float>()[(y * canvas.Size.Width)..];
            var spots = dirt.AsSpan<float>()[(y * canvas.Size.Width)..];
            for (var i = 0; i < row.Length; i++)
            {
                var level = gain * (0.85 + (0.2 * wide[i / 3]) + (0.12 * spots[i / 3]));
                row[i] = Tint.ToByte((row[i] * level) + haze + ((random.NextSingle() + random.NextSingle() - 1) * noise));
            }
        }
    }
}
