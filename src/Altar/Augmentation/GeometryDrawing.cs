using Altar.Images;

namespace Altar.Augmentation;

/// <summary>Draws the geometry of a sample.</summary>
internal static class GeometryDrawing
{
    public static GeometryDraw Draw(AugmentationOptions options, Random random, PixelSize source, PixelSize target)
    {
        var (mirrorX, mirrorY) = DrawMirrors(options, random);
        var transpose = random.Happens(options.Transpose);
        var warped = random.Happens(options.Warp) ? DrawWarp(options, random) : new GeometryDraw();
        var crop = transpose ? new PixelSize(target.Height, target.Width) : target;
        var placed = options.Crop == CropKind.Resized
            ? PlaceResized(warped, options, random, source, crop)
            : Place(warped, options, random, source, crop);
        return placed with { MirrorX = mirrorX, MirrorY = mirrorY, Transpose = transpose };
    }

    private static (bool X, bool Y) DrawMirrors(AugmentationOptions options, Random random)
    {
        var x = random.Happens(options.Mirror);
        if (!random.Happens(options.Flip)) return (x, false);
        var kind = random.Next(3);   // OpenCV's codes -1, 0, 1: both, top-bottom, left-right
        return (x ^ (kind != 1), kind != 2);
    }

    private static GeometryDraw DrawWarp(AugmentationOptions options, Random random)
    {
        var geometry = new GeometryDraw
        {
            Scale = random.Between(options.ScaleMin, options.ScaleMax),
            Aspect = 1 + random.Around(options.Aspect),
            Shear = random.Around(options.Shear),
            Rotate = random.Around(options.Rotate),
            ShiftX = random.Around(options.Shift),
            ShiftY = random.Around(options.Shift),
        };
        return options.Bend is { } bend && random.Happens(bend.Probability) ? DrawBend(geometry, bend, random) : geometry;
    }

    private static GeometryDraw DrawBend(GeometryDraw geometry, BendOptions bend, Random random)
    {
        var isBarrel = bend.Grid == 0 || (bend.Barrel != 0 && random.Happens(0.5));
        return isBarrel
            ? geometry with { Barrel = new BarrelDraw(random.Around(bend.Barrel), 0.5 + random.Around(bend.BarrelShift), 0.5 + random.Around(bend.BarrelShift)) }
            : geometry with { Grid = new GridDraw(DrawLines(bend, random), DrawLines(bend, random)) };
    }

    // The last line snaps to the edge, and no line passes it: the map stays a map in both directions.
    private static double[] DrawLines(BendOptions bend, Random random)
    {
        var lines = new double[bend.GridCells + 1];
        for (var i = 1; i < bend.GridCells; i++) lines[i] = Math.Min(1, lines[i - 1] + ((1 + random.Around(bend.Grid)) / bend.GridCells));
        lines[^1] = 1;
        return lines;
    }

    private static GeometryDraw Place(GeometryDraw warped, AugmentationOptions options, Random random, PixelSize source, PixelSize crop)
    {
        var resize = options.Resize * Math.Max((double)crop.Width / source.Width, (double)crop.Height / source.Height);
        var placed = warped with { ResizeX = resize, ResizeY = resize };
        if (options.Crop == CropKind.Center) return placed;

        // The crop keeps inside the magnified picture; where that is smaller than the target, it is the middle.
        return placed with
        {
            CropX = random.Around(Math.Max(0, (source.Width * resize * warped.Scale) - crop.Width) / 2),
            CropY = random.Around(Math.Max(0, (source.Height * resize * warped.Scale) - crop.Height) / 2),
        };
    }

    private static GeometryDraw PlaceResized(GeometryDraw warped, AugmentationOptions options, Random random, PixelSize source, PixelSize crop)
    {
        var area = source.Area * random.Between(options.CropAreaMin, options.CropAreaMax);
        var aspect = (double)crop.Width / crop.Height * Math.Exp(random.Around(Math.Log(options.CropAspect)));
        var width = Math.Min(source.Width, Math.Sqrt(area * aspect));
        var height = Math.Min(source.Height, Math.Sqrt(area / aspect));
        var (resizeX, resizeY) = (crop.Width / width, crop.Height / height);
        return warped with
        {
            ResizeX = resizeX,
            ResizeY = resizeY,
            CropX = random.Around((source.Width - width) / 2 * resizeX),
            CropY = random.Around((source.Height - height) / 2 * resizeY),
        };
    }
}
