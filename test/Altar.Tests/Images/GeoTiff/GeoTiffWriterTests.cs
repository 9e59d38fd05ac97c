using System.Runtime.InteropServices;
using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Tensors;
using BitMiracle.LibTiff.Classic;

namespace Altar.Tests.Images.GeoTiff;

public sealed class GeoTiffWriterTests : IDisposable
{
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static byte[] Samples(PixelSize size, int bands) =>
        [.. Enumerable.Range(0, (int)size.Area * bands).Select(i => (byte)RasterFiles.Sample(i / bands % size.Width, i / bands / size.Width, i % bands, 8))];

    [Theory]
    [InlineData(1, 1, 1, false)]
    [InlineData(37, 29, 1, false)]
    [InlineData(32, 48, 3, false)]
    [InlineData(100, 33, 5, true)]
    public void What_is_written_row_after_row_is_read_by_libtiff(int width, int height, int bands, bool isBig)
    {
        var (size, path) = (new PixelSize(width, height), _files.Free("written.tif"));
        var samples = Samples(size, bands);
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = size, Bands = bands, TilePixels = 16, IsBig = isBig }, file =>
        {
            for (var y = 0; y < height; y += 7) file.WriteRows(samples.AsSpan(y * width * bands, Math.Min(7, height - y) * width * bands));
        });

        using var tiff = Tiff.Open(path, "r");
        var tile = new byte[tiff.TileSize()];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                tiff.ReadTile(tile, 0, x, y, 0, 0);
                Assert.Equal(samples.AsSpan(((y * width) + x) * bands, bands), tile.AsSpan((((y % 16) * 16) + (x % 16)) * bands, bands));
            }
        }

        Assert.Equal(isBig, File.ReadAllBytes(path)[2] == 43);
    }

    [Fact]
    public void Floats_come_back_as_they_were()
    {
        var path = _files.Free("floats.tif");
        float[] values = [0, 1, 0.25f, 1e-9f, float.NaN, 0.75f];
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = new PixelSize(3, 2), IsFloat = true }, file => file.WriteRows(values));

        using var raster = RasterWindows.Open(path);
        Assert.Equal(values, raster.ReadBands(new PixelBox(0, 0, 3, 2)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_georeference_field_is_in_the_file_as_libtiff_reads_it(bool isBig)
    {
        var path = _files.Free("geo.tif");
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = new PixelSize(4, 4), Fields = GeoFields.Utm33, IsBig = isBig }, file => file.WriteRows(new byte[16]));

        using var tiff = Tiff.Open(path, "r");
        foreach (var field in GeoFields.Utm33)
        {
            var read = tiff.GetField((TiffTag)field.Tag);
            switch (field.Type)
            {
                case TiffFieldType.Real64: Assert.Equal(field.ToNumbers(), MemoryMarshal.Cast<byte, double>(read[1].GetBytes()).ToArray()); break;
                case TiffFieldType.Text: Assert.Equal(field.ToText(), read[1].ToString()!.TrimEnd('\0')); break;
                case TiffFieldType.Fraction: Assert.Equal(0.5, read[0].ToDouble()); break;
                default: Assert.Equal(field.ToNumbers(), read.Length == 1 ? [read[0].ToInt()] : read[1].ToShortArray().Select(value => (double)(ushort)value)); break;
            }
        }
    }

    [Fact]
    public void A_raster_near_four_gigabytes_becomes_a_bigtiff()
    {
        Assert.False(new GeoTiffForm { Size = new PixelSize(20000, 20000), IsFloat = true }.NeedsBig);
        Assert.True(new GeoTiffForm { Size = new PixelSize(32000, 32000), IsFloat = true }.NeedsBig);
        Assert.True(new GeoTiffForm { Size = new PixelSize(70000, 70000) }.NeedsBig);
    }

    [Theory]
    [InlineData(4)]        // in the header
    [InlineData(3000)]     // in the tiles
    [InlineData(90_000)]   // in the directory
    public void A_full_disk_is_told_with_its_cure_and_leaves_nothing_but_the_file_that_was_there(int room)
    {
        var path = _files.Write("result.tif", "the result of yesterday"u8);
        var size = new PixelSize(300, 300);
        var noise = new byte[90_000];
        var random = new Seed(1).ToRandom();
        random.NextBytes(noise);

        var error = Assert.Throws<IOException>(() => GeoTiffWriter.Write(path, new GeoTiffForm { Size = size, TilePixels = 16 }, file => file.WriteRows(noise), file => new FailingStream(file, room)));

        Assert.StartsWith($"{path} could not be written: No space left on device.", error.Message, StringComparison.Ordinal);
        Assert.Contains("free some space", error.Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal("the result of yesterday", File.ReadAllText(path));
    }

    [Fact]
    public void Rows_too_many_or_too_few_are_the_callers_mistake()
    {
        var form = new GeoTiffForm { Size = new PixelSize(4, 3) };

        Assert.Throws<ArgumentException>(() => GeoTiffWriter.Write(_files.Free("a.tif"), form, file => file.WriteRows(new byte[16])));
        Assert.Throws<ArgumentException>(() => GeoTiffWriter.Write(_files.Free("a.tif"), form, file => file.WriteRows(new byte[5])));
        Assert.Throws<InvalidOperationException>(() => GeoTiffWriter.Write(_files.Free("a.tif"), form, file => file.WriteRows(new byte[8])));
        Assert.False(File.Exists(_files.Free("a.tif")));
    }
}
