using Altar.Images;

namespace Altar.Augmentation;

/// <summary>Takes a mask through the geometry that was drawn for its picture.</summary>
/// <remarks>
/// Each target pixel gets the value of the mask's pixel at the exact place its centre comes from: nearest, never a mixture of classes.
/// What lies outside is the reflection without the edge pixel, as in the picture. Blur, colour, noise and holes leave the mask as it is.
/// </remarks>
public static class MaskWarp
{
    /// <summary>Writes the target's classes.</summary>
    /// <param name="mask">The mask, or the part at hand.</param>
    /// <param name="covers">Where it lies, in pixels of <see cref="AugmentationDraw.Source"/>; its size is the mask's.</param>
    /// <param name="draw">What was drawn for the picture.</param>
    /// <param name="target">Height * width classes, row by row; <see cref="Mask.Ignored"/> becomes -1.</param>
    /// <param name="ignoresOutside">Whether the reflection is -1 too, for judging: no pixel counts twice. Default false.</param>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    public static void Apply(Mask mask, PixelBox covers, AugmentationDraw draw, Span<long> target, bool ignoresOutside = false)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(draw);
        if (mask.Size != covers.Size) throw new ArgumentException($"The mask has {mask.Size.Height}x{mask.Size.Width} pixels and covers {covers.Height}x{covers.Width}.", nameof(covers));
        if (target.Length != draw.Target.Area) throw new ArgumentException($"{draw.Target.Area} classes are needed for {draw.Target.Height}x{draw.Target.Width}, {target.Length} were given.", nameof(target));
        var warp = draw.ToWarp();
        for (var row = 0; row < draw.Target.Height; row++)
        {
            var line = target.Slice(row * draw.Target.Width, draw.Target.Width);
            if (warp.Barrel is null && warp.Grid is null) Straight(warp.ToBent, row, mask, covers, line, ignoresOutside);
            else Bent(warp, row, mask, covers, line, ignoresOutside);
        }
    }

    private static void Straight(Affine toSource, int row, Mask mask, PixelBox covers, Span<long> line, bool ignoresOutside)
    {
        var (startX, startY) = toSource.Map(0.5, row + 0.5);
        (startX, startY) = (startX - covers.X, startY - covers.Y);
        for (var x = 0; x < line.Length; x++) line[x] = At(mask, startX + (toSource.XX * x), startY + (toSource.YX * x), ignoresOutside);
    }

    private static void Bent(Warp warp, int row, Mask mask, PixelBox covers, Span<long> line, bool ignoresOutside)
    {
        for (var x = 0; x < line.Length; x++)
        {
            var (sourceX, sourceY) = warp.ToSource(x + 0.5, row + 0.5);
            line[x] = At(mask, sourceX - covers.X, sourceY - covers.Y, ignoresOutside);
        }
    }

    private static long At(Mask mask, double x, double y, bool ignoresOutside)
    {
        var (width, height) = (mask.Size.Width, mask.Size.Height);
        var (column, row) = ((long)Math.Floor(x), (long)Math.Floor(y));
        if (column < 0 || row < 0 || column >= width || row >= height)
        {
            if (ignoresOutside) return -1;
            (column, row) = (Folded(column, width), Folded(row, height));
        }

        var value = mask.Values[(row * width) + column];
        return value == Mask.Ignored ? -1 : value;
    }

    private static long Folded(long place, int count)
    {
        if (count == 1) return 0;
        var period = 2L * (count - 1);
        place = ((place % period) + period) % period;
        return Math.Min(place, period - place);
    }
}
