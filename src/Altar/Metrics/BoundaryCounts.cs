namespace Altar.Metrics;

/// <summary>How well outlines agree: an outline pixel is matched if the other mask has one within a tolerance (Csurka et al., BMVC 2013).</summary>
/// <remarks>
/// An outline pixel is of the class and has a neighbour above, below, left or right that is not; the picture's edge makes no outline.
/// Ignored pixels belong to no outline and make none.
/// </remarks>
/// <param name="SaidMatched">Outline pixels of the prediction near the true outline.</param>
/// <param name="Said">Outline pixels of the prediction.</param>
/// <param name="TrueMatched">Outline pixels of the truth near the predicted outline.</param>
/// <param name="True">Outline pixels of the truth.</param>
public readonly record struct BoundaryCounts(long SaidMatched, long Said, long TrueMatched, long True)
{
    private const byte Outside = 0, Inside = 1, Unknown = 2;

    /// <summary>Share of the predicted outline that is right, 0 to 1; NaN without one.</summary>
    public double Precision => (double)SaidMatched / Said;

    /// <summary>Share of the true outline that was found, 0 to 1; NaN without one.</summary>
    public double Recall => (double)TrueMatched / True;

    /// <summary>Harmonic mean of precision and recall, 0 to 1; 0 where one mask alone has an outline, NaN where neither has.</summary>
    public double F1 => (Said, True) switch
    {
        (0, 0) => double.NaN,
        (0, _) or (_, 0) => 0,
        _ => Precision + Recall is > 0 and var sum ? 2 * Precision * Recall / sum : 0,
    };

    /// <summary>Counts of both.</summary>
    /// <param name="left">Some outlines.</param>
    /// <param name="right">Other outlines.</param>
    public static BoundaryCounts operator +(BoundaryCounts left, BoundaryCounts right) =>
        new(left.SaidMatched + right.SaidMatched, left.Said + right.Said, left.TrueMatched + right.TrueMatched, left.True + right.True);

    /// <summary>Counts of both.</summary>
    /// <param name="left">Some outlines.</param>
    /// <param name="right">Other outlines.</param>
    public static BoundaryCounts Add(BoundaryCounts left, BoundaryCounts right) => left + right;

    /// <summary>Compares the outlines of a class.</summary>
    /// <param name="said">A class for each pixel, row by row.</param>
    /// <param name="truth">The same pixels in the same order.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="tolerance">How far a match may lie, in pixels (Euclidean), at least 0.</param>
    /// <param name="value">The class. Default 1; 255 for masks of 0 and 255.</param>
    /// <param name="ignored">Pixels of this true value are not judged. Default: none.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels, or no whole rows.</exception>
    public static BoundaryCounts Of(ReadOnlySpan<byte> said, ReadOnlySpan<byte> truth, int width, int tolerance, int value = 1, int ignored = -1)
    {
        if (said.Length != truth.Length) throw new ArgumentException($"{said.Length} pixels are said, but {truth.Length} are true.", nameof(said));
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        if (said.Length % width != 0) throw new ArgumentException($"{said.Length} pixels are no whole rows of {width}.", nameof(width));

        var (saidOutline, trueOutline) = (Outline(said, truth, width, value, ignored), Outline(truth, truth, width, value, ignored));
        var reach = Reach(tolerance);
        return new BoundaryCounts(
            Matched(saidOutline, trueOutline, width, reach), saidOutline.AsSpan().Count(Inside),
            Matched(trueOutline, saidOutline, width, reach), trueOutline.AsSpan().Count(Inside));
    }

    private static byte[] Outline(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> truth, int width, int value, int ignored)
    {
        var area = new byte[mask.Length];
        for (var i = 0; i < area.Length; i++) area[i] = truth[i] == ignored ? Unknown : mask[i] == value ? Inside : Outside;

        var outline = new byte[area.Length];
        for (var i = 0; i < area.Length; i++)
        {
            if (area[i] == Inside && HasNeighbourOutside(area, i, width)) outline[i] = Inside;
        }

        return outline;
    }

    private static bool HasNeighbourOutside(byte[] area, int at, int width)
    {
        var column = at % width;
        return (column > 0 && area[at - 1] == Outside)
            || (column < width - 1 && area[at + 1] == Outside)
            || (at >= width && area[at - width] == Outside)
            || (at < area.Length - width && area[at + width] == Outside);
    }

    // Half the width of the disc in each of its rows, from -tolerance to tolerance.
    private static int[] Reach(int tolerance) =>
        [.. Enumerable.Range(-tolerance, (2 * tolerance) + 1).Select(dy => (int)Math.Sqrt(((double)tolerance * tolerance) - ((double)dy * dy)))];

    private static long Matched(byte[] outline, byte[] other, int width, int[] reach)
    {
        var matched = 0L;
        for (var at = outline.AsSpan().IndexOf(Inside); at >= 0;)
        {
            if (other[at] == Inside || IsNear(other, at, width, reach)) matched++;
            var next = outline.AsSpan(at + 1).IndexOf(Inside);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return matched;
    }

    private static bool IsNear(byte[] outline, int at, int width, int[] reach)
    {
        var (row, column, tolerance, rows) = (at / width, at % width, reach.Length / 2, outline.Length / width);
        for (var y = Math.Max(0, row - tolerance); y <= Math.Min(rows - 1, row + tolerance); y++)
        {
            var half = reach[y - row + tolerance];
            var (from, to) = (Math.Max(0, column - half), Math.Min(width - 1, column + half));
            if (outline.AsSpan((y * width) + from, to - from + 1).Contains(Inside)) return true;
        }

        return false;
    }
}
