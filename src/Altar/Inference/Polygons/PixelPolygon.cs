namespace Altar.Inference.Polygons;

/// <summary>The outline of connected pixels, along their edges.</summary>
/// <param name="Outline">Corners, clockwise as seen on the screen; the last is followed by the first.</param>
/// <param name="Holes">Corners of the holes, counter-clockwise.</param>
public sealed record PixelPolygon(IReadOnlyList<LatticePoint> Outline, IReadOnlyList<IReadOnlyList<LatticePoint>> Holes)
{
    /// <summary>Area in pixels: before simplification the number of pixels.</summary>
    public double Pixels => AreaOf(Outline) + Holes.Sum(AreaOf);

    /// <summary>Area of a ring in pixels: above 0 clockwise on the screen.</summary>
    /// <param name="ring">Its corners.</param>
    public static double AreaOf(IReadOnlyList<LatticePoint> ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var twice = 0L;
        for (var i = 0; i < ring.Count; i++)
        {
            var (here, next) = (ring[i], ring[i + 1 == ring.Count ? 0 : i + 1]);
            twice += ((long)here.X * next.Y) - ((long)next.X * here.Y);
        }

        return twice / 2.0;
    }
}
