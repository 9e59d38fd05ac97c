namespace Altar.Inference.Polygons;

/// <summary>Leaves out corners that lie close to the line between others (Ramer 1972, Douglas and Peucker 1973).</summary>
public static class RingSimplifier
{
    /// <summary>Simplifies a polygon and leaves out what is small.</summary>
    /// <param name="polygon">The polygon.</param>
    /// <param name="options">Tolerance and smallest area.</param>
    /// <returns>Null where it is smaller than that.</returns>
    public static PixelPolygon? Simplify(PixelPolygon polygon, PolygonOptions options)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        ArgumentNullException.ThrowIfNull(options);
        if (polygon.Pixels < options.MinimalPixels) return null;
        var holes = from hole in polygon.Holes
                    where -PixelPolygon.AreaOf(hole) >= options.MinimalPixels
                    select Ring(hole, options.TolerancePixels);
        return new PixelPolygon(Ring(polygon.Outline, options.TolerancePixels), [.. holes]);
    }

    /// <summary>Simplifies a ring.</summary>
    /// <param name="ring">Its corners, the first not repeated at the end.</param>
    /// <param name="tolerance">Largest distance of a corner that is left out from the new ring, at least 0.</param>
    /// <returns>Corners of the ring in their order. The ring itself where less than a triangle would be left, as of thin shapes.</returns>
    public static IReadOnlyList<LatticePoint> Ring(IReadOnlyList<LatticePoint> ring, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(ring);
        if (tolerance <= 0 || ring.Count <= 4) return ring;
        var far = Farthest(ring);
        var kept = new bool[ring.Count];
        kept[0] = kept[far] = true;
        Keep(ring, kept, 0, far, tolerance);
        Keep(ring, kept, far, ring.Count, tolerance);
        List<LatticePoint> simple = [.. ring.Where((_, i) => kept[i])];
        return simple.Count >= 3 && Math.Sign(PixelPolygon.AreaOf(simple)) == Math.Sign(PixelPolygon.AreaOf(ring)) ? simple : ring;
    }

    private static int Farthest(IReadOnlyList<LatticePoint> ring)
    {
        var far = 0;
        for (var i = 1; i < ring.Count; i++)
        {
            if (SquaredLength(ring[0], ring[i]) > SquaredLength(ring[0], ring[far])) far = i;
        }

        return far;
    }

    // Without recursion: an outline may have a million corners. The place after the last is the first.
    private static void Keep(IReadOnlyList<LatticePoint> ring, bool[] kept, int from, int to, double tolerance)
    {
        Stack<(int From, int To)> waiting = new([(from, to)]);
        while (waiting.TryPop(out var part))
        {
            var (worst, distance) = (-1, tolerance * tolerance);
            for (var i = part.From + 1; i < part.To; i++)
            {
                var squared = SquaredDistance(ring[i], ring[part.From], ring[part.To == ring.Count ? 0 : part.To]);
                if (squared > distance) (worst, distance) = (i, squared);
            }

            if (worst < 0) continue;
            kept[worst] = true;
            waiting.Push((part.From, worst));
            waiting.Push((worst, part.To));
        }
    }

    private static double SquaredLength(LatticePoint a, LatticePoint b)
    {
        var (x, y) = ((double)a.X - b.X, (double)a.Y - b.Y);
        return (x * x) + (y * y);
    }

    // To the segment between two points, not to the line through them: rings turn back.
    private static double SquaredDistance(LatticePoint point, LatticePoint from, LatticePoint to)
    {
        var (x, y) = ((double)to.X - from.X, (double)to.Y - from.Y);
        var (px, py) = ((double)point.X - from.X, (double)point.Y - from.Y);
        var length = (x * x) + (y * y);
        var along = length == 0 ? 0 : Math.Clamp(((px * x) + (py * y)) / length, 0, 1);
        var (dx, dy) = (px - (along * x), py - (along * y));
        return (dx * dx) + (dy * dy);
    }
}
