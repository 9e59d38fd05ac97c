using Altar.Images.GeoTiff;

namespace Altar.Inference.Polygons;

/// <summary>Areas on the map.</summary>
/// <param name="reference">Where the raster lies; null: nowhere.</param>
internal sealed class MapArea(GeoReference? reference)
{
    private readonly Affine? _map = reference?.PixelToMap;

    /// <summary>What <see cref="Of"/> gives: squares of the map's unit.</summary>
    public string Unit => _map is null ? "pixel2" : reference switch
    {
        { IsGeographic: true } => "degree2",
        { MetresPerUnit: 1 } => "m2",
        { MetresPerUnit: not null } => "ft2",
        _ => "map_unit2",
    };

    /// <summary>The area of so many pixels.</summary>
    /// <param name="pixels">Pixels.</param>
    public double Of(double pixels) => pixels * (_map?.PixelArea ?? 1);

    /// <summary>The area in square metres; null where it cannot be known.</summary>
    /// <param name="pixels">Pixels.</param>
    /// <param name="column">Where, from the left edge.</param>
    /// <param name="row">Where, from the top edge: a degree of longitude is shorter far from the equator.</param>
    public double? SquareMetres(double pixels, double column, double row)
    {
        if (_map is not { } map) return null;
        if (reference!.IsGeographic) return Of(pixels) * SquareMetresPerSquareDegree(map.Map(column, row).Y);
        return reference.MetresPerUnit is { } unit ? Of(pixels) * unit * unit : null;
    }

    // Lengths of a degree on the WGS 84 ellipsoid (semi-major axis a, eccentricity e).
    private static double SquareMetresPerSquareDegree(double latitude)
    {
        const double A = 6378137, E2 = 0.00669437999014, Degree = Math.PI / 180;
        var (sine, cosine) = Math.SinCos(latitude * Degree);
        var w2 = 1 - (E2 * sine * sine);
        var along = Degree * A * (1 - E2) / (w2 * Math.Sqrt(w2));   // of latitude
        var across = Degree * A * cosine / Math.Sqrt(w2);           // of longitude
        return along * across;
    }
}
