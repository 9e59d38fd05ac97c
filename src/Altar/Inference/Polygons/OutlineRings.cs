namespace Altar.Inference.Polygons;

/// <summary>From the closed boundaries of a component to a valid polygon.</summary>
internal static class OutlineRings
{
    /// <summary>The outlines with their holes: one of each for connected pixels.</summary>
    /// <param name="rings">All boundaries of the component, outer ones clockwise on the screen.</param>
    public static IEnumerable<PixelPolygon> Polygons(IEnumerable<List<LatticePoint>> rings)
    {
        var parts = rings.SelectMany(SplitWhereItTouches).Select(ring => (Ring: ring, Area: PixelPolygon.AreaOf(ring))).ToList();
        List<IReadOnlyList<LatticePoint>> holes = [.. parts.Where(part => part.Area < 0).Select(part => part.Ring)];
        return parts.Where(part => part.Area > 0).Select(part => new PixelPolygon(part.Ring, holes));
    }

    // A ring that passes a corner twice is two rings, or a ring and a hole: polygons may touch themselves only so (OGC 06-103r4, 6.1.11).
    private static IEnumerable<List<LatticePoint>> SplitWhereItTouches(List<LatticePoint> ring)
    {
        List<LatticePoint> path = [];
        Dictionary<LatticePoint, int> places = [];
        foreach (var point in ring)
        {
            if (places.TryGetValue(point, out var since))
            {
                var loop = path[since..];
                foreach (var passed in loop) places.Remove(passed);
                path.RemoveRange(since, path.Count - since);
                yield return loop;
            }

            places[point] = path.Count;
            path.Add(point);
        }

        yield return path;
    }
}
