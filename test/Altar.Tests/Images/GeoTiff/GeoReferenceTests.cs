using Altar.Images;
using Altar.Images.GeoTiff;
using BitMiracle.LibTiff.Classic;

namespace Altar.Tests.Images.GeoTiff;

public sealed class GeoReferenceTests : IDisposable
{
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    private GeoReference Read(params IReadOnlyList<TiffField> fields)
    {
        var path = _files.Free("geo.tif");
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = new PixelSize(2, 2), Fields = fields }, file => file.WriteRows(new byte[4]));
        using var raster = RasterWindows.Open(path);
        return GeoReference.Of(raster);
    }

    [Fact]
    public void A_tie_point_and_a_scale_place_the_corner_of_each_pixel()
    {
        var reference = Read(GeoFields.Utm33);

        Assert.Equal((601234.5 + 3, 5401234.25 - 6), reference.PixelToMap!.Value.Map(10, 20));
        Assert.Equal((32633, false, 1.0), (reference.Epsg, reference.IsGeographic, reference.MetresPerUnit));
        Assert.Equal(0.09, reference.PixelToMap.Value.PixelArea, 12);
    }

    [Fact]
    public void A_tie_point_may_lie_at_any_pixel()
    {
        var reference = Read(TiffField.Doubles(33550, 2, 3, 0), TiffField.Doubles(33922, 10, 20, 0, 1000, 500, 0));

        Assert.Equal((1000.0, 500.0), reference.PixelToMap!.Value.Map(10, 20));
        Assert.Equal((980.0, 560.0), reference.PixelToMap.Value.Map(0, 0));
    }

    [Fact]
    public void A_matrix_may_turn_the_raster()
    {
        var reference = Read(TiffField.Doubles(34264, 0, 2, 0, 100, 2, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 1));

        Assert.Equal((100.0 + 6, 50.0 + 10), reference.PixelToMap!.Value.Map(5, 3));
        Assert.Equal(4, reference.PixelToMap.Value.PixelArea);
    }

    [Fact]
    public void Where_points_are_meant_the_tie_point_is_the_centre_of_its_pixel()
    {
        var reference = Read(TiffField.Doubles(33550, 2, 2, 0), TiffField.Doubles(33922, 0, 0, 0, 1000, 500, 0), GeoFields.Keys([(1024, 2), (1025, 2), (2048, 4326)]));

        Assert.Equal((1000.0, 500.0), reference.PixelToMap!.Value.Map(0.5, 0.5));
        Assert.Equal((4326, true, null), (reference.Epsg, reference.IsGeographic, reference.MetresPerUnit));
    }

    [Fact]
    public void A_raster_without_fields_lies_nowhere()
    {
        var reference = Read([]);

        Assert.Null(reference.PixelToMap);
        Assert.Null(reference.Epsg);
        Assert.Empty(reference.Fields);
    }

    [Fact]
    public void Doubles_of_the_other_byte_order_are_the_same_numbers()
    {
        var path = _files.Free("big-endian.tif");
        RasterFiles.Write(path, new PixelSize(4, 4), new RasterKind
        {
            Mode = "wb",
            More = tiff =>
            {
                tiff.MergeFieldInfo([new TiffFieldInfo((TiffTag)33550, -1, -1, TiffType.DOUBLE, FieldBit.Custom, true, true, "scale"), new TiffFieldInfo((TiffTag)33922, -1, -1, TiffType.DOUBLE, FieldBit.Custom, true, true, "tie")], 2);
                tiff.SetField((TiffTag)33550, 3, new double[] { 0.25, 0.5, 0 });
                tiff.SetField((TiffTag)33922, 6, new double[] { 0, 0, 0, 7, 9, 0 });
            },
        });
        using var raster = RasterWindows.Open(path);

        Assert.Equal(new Affine(0.25, 0, 7, 0, -0.5, 9), GeoReference.Of(raster).PixelToMap);
    }

    [Theory]
    [InlineData("0", 255, false)]      // it would hide the background of a mask
    [InlineData("255", 255, false)]
    [InlineData("256", 255, true)]
    [InlineData("-9999", 1, true)]
    [InlineData("0.5", 1, false)]
    public void No_data_is_kept_where_no_pixel_of_the_result_can_have_it(string value, double largest, bool isKept)
    {
        var reference = Read(GeoFields.NoData(value));

        Assert.Equal(isKept, reference.FieldsFor(0, largest).Any(field => field.Tag == 42113));
    }

    [Fact]
    public void Notes_on_the_file_are_kept_and_those_on_its_bands_are_not()
    {
        var reference = Read(GeoFields.Metadata("<GDALMetadata><Item name=\"AREA\">Graz</Item><Item name=\"STATISTICS_MEAN\" sample=\"0\">97</Item></GDALMetadata>"));

        var kept = Assert.Single(reference.FieldsFor(0, 255)).ToText();
        Assert.Contains("Graz", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("STATISTICS", kept, StringComparison.Ordinal);
        Assert.Empty(Read(GeoFields.Metadata("<broken")).FieldsFor(0, 255));
    }
}
