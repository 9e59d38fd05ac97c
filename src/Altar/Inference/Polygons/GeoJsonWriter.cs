using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Images.GeoTiff;

namespace Altar.Inference.Polygons;

/// <summary>Writes polygons as GeoJSON (RFC 7946) while they are found.</summary>
/// <remarks>
/// Coordinates are those of the raster's own coordinate system, which <c>crs</c> names as GDAL does where it is not longitude and latitude on WGS 84;
/// without a georeference they are columns and rows.
/// </remarks>
public sealed class GeoJsonWriter : IDisposable
{
    private const int Wgs84 = 4326;
    private readonly Utf8JsonWriter _json;
    private readonly Affine _map;
    private readonly MapArea _areas;
    private readonly int _decimals;

    /// <summary>Begins a collection.</summary>
    /// <param name="stream">Where; it stays open.</param>
    /// <param name="reference">Where the raster lies; null: nowhere.</param>
    public GeoJsonWriter(Stream stream, GeoReference? reference)
    {
        _map = reference?.PixelToMap ?? Affine.Identity;
        _areas = new MapArea(reference);
        _decimals = reference?.PixelToMap is null ? 0 : reference.IsGeographic ? 9 : 4;   // a tenth of a millimetre
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WriteString("type", "FeatureCollection");
        if (reference?.PixelToMap is null) _json.WriteString("note", "The raster has no georeference: coordinates are columns and rows, areas are in pixels.");
        else if (reference.Epsg is { } epsg and not Wgs84) WriteSystem(epsg);
        else if (reference.Epsg is null) _json.WriteString("note", "The raster names no coordinate system by number: coordinates are in its own.");
        _json.WriteStartArray("features");
    }

    /// <summary>Polygons written.</summary>
    public int Count { get; private set; }

    /// <summary>Writes a polygon.</summary>
    /// <param name="polygon">The simplified polygon.</param>
    /// <param name="pixels">Pixels it stood for before.</param>
    /// <param name="name">Its class.</param>
    public void Write(PixelPolygon polygon, double pixels, string name)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        Count++;
        _json.WriteStartObject();
        _json.WriteString("type", "Feature");
        _json.WriteStartObject("properties");
        _json.WriteString("class", name);
        _json.WriteNumber("pixels", pixels);
        _json.WriteNumber("area", _areas.Of(pixels));
        _json.WriteString("area_unit", _areas.Unit);
        if (_areas.SquareMetres(pixels, polygon.Outline.Average(point => point.X), polygon.Outline.Average(point => point.Y)) is { } metres) _json.WriteNumber("area_m2", Math.Round(metres, 3));
        _json.WriteEndObject();
        _json.WriteStartObject("geometry");
        _json.WriteString("type", "Polygon");
        _json.WriteStartArray("coordinates");
        WriteRing(polygon.Outline);
        foreach (var hole in polygon.Holes) WriteRing(hole);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
        if (_json.BytesPending > 1 << 16) _json.Flush();
    }

    /// <summary>Ends the collection.</summary>
    public void Finish()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Frees the writer; the stream stays open.</summary>
    public void Dispose() => _json.Dispose();

    private void WriteSystem(int epsg)
    {
        _json.WriteStartObject("crs");
        _json.WriteString("type", "name");
        _json.WriteStartObject("properties");
        _json.WriteString("name", $"urn:ogc:def:crs:EPSG::{epsg}");
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    // Outlines run counter-clockwise on the map, holes clockwise (RFC 7946, 3.1.6). On the screen they come the other way round; a map whose y grows upwards shows them alike.
    private void WriteRing(IReadOnlyList<LatticePoint> ring)
    {
        var isTurned = (_map.A * _map.E) - (_map.B * _map.D) < 0;
        _json.WriteStartArray();
        for (var i = 0; i <= ring.Count; i++)
        {
            var point = ring[(isTurned ? ring.Count - i : i) % ring.Count];   // the first again at the end
            var (x, y) = _map.Map(point.X, point.Y);
            _json.WriteStartArray();
            _json.WriteNumberValue(Math.Round(x, _decimals));
            _json.WriteNumberValue(Math.Round(y, _decimals));
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }
}
