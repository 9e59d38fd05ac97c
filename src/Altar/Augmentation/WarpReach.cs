using Altar.Images;

namespace Altar.Augmentation;

/// <summary>Which part of a picture a draw looks at.</summary>
public static class WarpReach
{
    private const int Step = 8;

    /// <summary>The part of a picture that has everything a draw shows, reflections at the picture's sides included.</summary>
    /// <param name="draw">The draw; its source lies somewhere in the picture.</param>
    /// <param name="source">Where, in pixels of the picture: at the draw's own scale. It may reach beyond the picture.</param>
    /// <param name="picture">Size of the picture.</param>
    /// <param name="margin">Pixels more on each side, for interpolation and averaging.</param>
    /// <returns>A box within the picture.</returns>
    public static PixelBox Of(AugmentationDraw draw, PixelBox source, PixelSize picture, int margin)
    {
        ArgumentNullException.ThrowIfNull(draw);
        var (left, top, right, bottom) = Extent(draw.ToWarp());
        var (x, width) = Side(left + source.X - margin, right + source.X + margin, picture.Width);
        var (y, height) = Side(top + source.Y - margin, bottom + source.Y + margin, picture.Height);
        return new PixelBox(x, y, width, height);
    }

    private static (double Left, double Top, double Right, double Bottom) Extent(Warp warp)
    {
        var (left, top) = warp.ToSource(0, 0);
        var (right, bottom) = (left, top);
        foreach (var y in Places(warp.Target.Height))
        {
            foreach (var x in Places(warp.Target.Width))
            {
                var (sourceX, sourceY) = warp.ToSource(x, y);
                (left, right) = (Math.Min(left, sourceX), Math.Max(right, sourceX));
                (top, bottom) = (Math.Min(top, sourceY), Math.Max(bottom, sourceY));
            }
        }

        return (left, top, right, bottom);
    }

    private static IEnumerable<int> Places(int length)
    {
        for (var at = 0; at < length; at += Step) yield return at;
        yield return length;
    }

    // What is reflected lies as far inside as it reaches outside.
    private static (int Start, int Length) Side(double start, double end, int length)
    {
        if (start < 0) end = Math.Max(end, -start + 1);
        if (end > length) start = Math.Min(start, (2.0 * length) - end - 1);
        var first = (int)Math.Clamp(Math.Floor(start), 0, length - 1);
        var last = (int)Math.Clamp(Math.Ceiling(end), first + 1, length);
        return (first, last - first);
    }
}
