using Altar.Inference.Polygons;

namespace Altar.Tests.Inference.Polygons;

/// <summary>Masks that can be seen in the source.</summary>
internal static class Drawing
{
    public static List<PixelPolygon> Trace(params string[] rows)
    {
        List<PixelPolygon> found = [];
        var tracer = new OutlineTracer(rows[0].Length, found.Add);
        foreach (var row in rows) tracer.Add([.. row.Select(letter => letter == '#')]);
        tracer.Finish();
        return found;
    }

    public static string Text(IEnumerable<LatticePoint> ring)
    {
        var points = ring.ToList();
        var first = points.IndexOf(points.OrderBy(point => (point.Y, point.X)).First());
        return string.Join(' ', points.Skip(first).Concat(points.Take(first)).Select(point => $"{point.X},{point.Y}"));
    }
}
