using System.Text.Json;
using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Inference.Polygons;
using Altar.Tests.Images;
using Altar.Tests.Images.GeoTiff;

namespace Altar.Tests.Inference.Polygons;

public sealed class GeoJsonWriterTests : IDisposable
{
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static JsonElement Write(GeoReference? reference, params string[] rows)
    {
        using var stream = new MemoryStream();
        using (var writer = new GeoJsonWriter(stream, reference))
        {
            foreach (var polygon in Drawing.Trace(rows)) writer.Write(polygon, polygon.Pixels, "roof");
            writer.Finish();
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private GeoReference Reference(params IReadOnlyList<TiffField> fields)
    {
        var path = _files.Free("geo.tif");
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = new PixelSize(2, 2), Fields = fields }, file => file.WriteRows(new byte[4]));
        using var raster = RasterWindows.Open(path);
        return GeoReference.Of(raster);
    }

    private static (double X, double Y)[] Ring(JsonElement feature, int ring) =>
        [.. feature.GetProperty("geometry").GetProperty("coordinates")[ring].EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble()))];

    private static double SignedArea((double X, double Y)[] ring) => ring.Zip(ring.Skip(1), (a, b) => (a.X * b.Y) - (b.X * a.Y)).Sum() / 2;

    [Fact]
    public void Rings_are_closed_and_run_as_the_standard_wants_it()
    {
        var feature = Write(Reference(GeoFields.Utm33), "###", "#.#", "###").GetProperty("features")[0];

        var (outline, hole) = (Ring(feature, 0), Ring(feature, 1));
        Assert.Equal(outline[0], outline[^1]);
        Assert.Equal(9 * 0.09, SignedArea(outline), 1e-3);    // counter-clockwise: above 0
        Assert.Equal(-0.09, SignedArea(hole), 1e-3);
        Assert.Contains((601234.5, 5401234.25), outline);
    }

    [Fact]
    public void The_system_is_named_and_the_area_is_in_its_units()
    {
        var root = Write(Reference(GeoFields.Utm33), "##", "##");

        Assert.Equal("urn:ogc:def:crs:EPSG::32633", root.GetProperty("crs").GetProperty("properties").GetProperty("name").GetString());
        var properties = root.GetProperty("features")[0].GetProperty("properties");
        Assert.Equal(("roof", 4, "m2"), (properties.GetProperty("class").GetString(), properties.GetProperty("pixels").GetDouble(), properties.GetProperty("area_unit").GetString()));
        Assert.Equal(0.36, properties.GetProperty("area").GetDouble(), 6);
        Assert.Equal(0.36, properties.GetProperty("area_m2").GetDouble(), 6);
    }

    [Fact]
    public void Degrees_are_given_in_square_metres_too()
    {
        // A pixel of a ten-thousandth of a degree at 60 degrees north: 55.8 m by 111.4 m would be a degree / 1000 of each.
        var root = Write(Reference(TiffField.Doubles(33550, 1e-4, 1e-4, 0), TiffField.Doubles(33922, 0, 0, 0, 10, 60, 0), GeoFields.Keys([(1024, 2), (2048, 4326)])), "#");

        Assert.False(root.TryGetProperty("crs", out _));   // RFC 7946: it is what GeoJSON means
        var properties = root.GetProperty("features")[0].GetProperty("properties");
        Assert.Equal("degree2", properties.GetProperty("area_unit").GetString());
        Assert.Equal(5.5800 * 11.1412, properties.GetProperty("area_m2").GetDouble(), 0.01);
    }

    [Fact]
    public void Without_georeference_coordinates_are_pixels_and_a_note_says_so()
    {
        var root = Write(null, ".#", "..");

        Assert.Contains("no georeference", root.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal([(1.0, 0.0), (1.0, 1.0), (2.0, 0.0), (2.0, 1.0)], Ring(root.GetProperty("features")[0], 0).Distinct().Order());
        Assert.Equal(1, SignedArea(Ring(root.GetProperty("features")[0], 0)));
    }
}
