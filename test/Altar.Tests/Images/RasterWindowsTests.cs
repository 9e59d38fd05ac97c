using Altar.Images;
using Altar.Tensors;
using BitMiracle.LibTiff.Classic;

namespace Altar.Tests.Images;

public sealed class RasterWindowsTests : IDisposable
{
    private static readonly PixelSize Size = new(37, 29);

    private readonly PictureFiles _files = new();
    private int _written;

    public void Dispose() => _files.Dispose();

    public static TheoryData<string> Kinds()
    {
        string[] plain = ["", "big-endian", "bigtiff"];   // LibTiff writes no valid BigTIFF in the other byte order
        string[] compressed = ["lzw", "deflate", "packbits", "deflate predictor", "deflate big-endian", "lzw bigtiff"];
        string[] all = [.. from way in plain.Concat(compressed) from bits in (int[])[8, 16] from tiled in (string[])["strips", "tiles"] from planar in (string[])["chunky", "planar"] select $"{bits} {tiled} {planar} {way}".Trim()];
        return [.. all];
    }

    private static RasterKind Kind(string words) => new()
    {
        Bits = words.StartsWith("16", StringComparison.Ordinal) ? 16 : 8,
        IsTiled = words.Contains("tiles", StringComparison.Ordinal),
        IsPlanar = words.Contains("planar", StringComparison.Ordinal),
        Mode = "w" + (words.Contains("bigtiff", StringComparison.Ordinal) ? "8" : "") + (words.Contains("big-endian", StringComparison.Ordinal) ? "b" : ""),
        Compression = words.Contains("lzw", StringComparison.Ordinal) ? Compression.LZW
            : words.Contains("deflate", StringComparison.Ordinal) ? Compression.ADOBE_DEFLATE
            : words.Contains("packbits", StringComparison.Ordinal) ? Compression.PACKBITS : Compression.NONE,
        More = tiff =>
        {
            if (words.Contains("predictor", StringComparison.Ordinal)) tiff.SetField(TiffTag.PREDICTOR, Predictor.HORIZONTAL);
        },
    };

    private string Write(RasterKind kind, Func<int, int, int, int>? sample = null, PixelSize? size = null)
    {
        var path = _files.Free($"raster{_written++}.tif");
        RasterFiles.Write(path, size ?? Size, kind, sample);
        return path;
    }

    private static void Same(Raster window, PixelBox box, int bits)
    {
        for (var y = 0; y < box.Height; y++)
        {
            for (var x = 0; x < box.Width; x++)
            {
                var expected = Enumerable.Range(0, 3).Select(band => RasterFiles.Sample(box.X + x, box.Y + y, band, bits) >> (bits - 8)).ToArray();
                Assert.Equal((expected[0], expected[1], expected[2]), PictureFiles.Pixel(window, x, y));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_window_holds_the_rasters_own_pixels_however_they_are_stored(string words)
    {
        var kind = Kind(words);
        using var raster = RasterWindows.Open(Write(kind));

        Assert.Equal((Size, 3, kind.Bits), (raster.Size, raster.Bands, raster.BitsPerSample));
        foreach (var box in (PixelBox[])[PixelBox.Whole(Size), new(0, 0, 1, 1), new(36, 28, 1, 1), new(13, 7, 9, 18), new(0, 15, 37, 2)])
            Same(raster.Read(box), box, kind.Bits);
    }

    [Theory]
    [InlineData("8 strips chunky deflate")]
    [InlineData("16 strips chunky deflate")]
    [InlineData("8 tiles chunky lzw")]
    public void The_whole_as_one_window_is_what_the_reader_of_pictures_decodes(string words)
    {
        var path = Write(Kind(words));
        using var raster = RasterWindows.Open(path);

        Assert.Equal(RasterReader.Read(path).Pixels.AsSpan(0, 37 * 29 * 3), raster.Read(PixelBox.Whole(Size)).Pixels.AsSpan(0, 37 * 29 * 3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Jpeg_is_decoded_to_rgb(bool isTiled)
    {
        var path = Write(new RasterKind
        {
            Compression = Compression.JPEG, Colors = Photometric.YCBCR, IsTiled = isTiled, RowsPerStrip = 16,
            More = tiff => tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB),
        }, (x, y, band) => band == 0 ? 200 : 40);
        using var raster = RasterWindows.Open(path);

        var (r, g, b) = PictureFiles.Pixel(raster.Read(new PixelBox(20, 10, 3, 3)), 1, 1);
        Assert.InRange(r, 195, 205);
        Assert.InRange(g, 35, 45);
        Assert.InRange(b, 35, 45);
    }

    [Fact]
    public void Grey_becomes_three_equal_channels_and_white_as_zero_is_turned_over()
    {
        using var grey = RasterWindows.Open(Write(new RasterKind { Bands = 1, Colors = Photometric.MINISBLACK }, (_, _, _) => 30));
        Assert.Equal((30, 30, 30), PictureFiles.Pixel(grey.Read(new PixelBox(4, 4, 1, 1)), 0, 0));

        using var inverted = RasterWindows.Open(Write(new RasterKind { Bands = 1, Colors = Photometric.MINISWHITE }, (_, _, _) => 30));
        Assert.Equal((225, 225, 225), PictureFiles.Pixel(inverted.Read(new PixelBox(4, 4, 1, 1)), 0, 0));
    }

    [Fact]
    public void A_palette_gives_its_colours()
    {
        var map = new ushort[3][];
        for (var i = 0; i < 3; i++) map[i] = [.. Enumerable.Range(0, 256).Select(value => (ushort)(value * 256 * (i == 1 ? 0 : 1)))];
        using var raster = RasterWindows.Open(Write(new RasterKind { Bands = 1, Colors = Photometric.PALETTE, More = tiff => tiff.SetField(TiffTag.COLORMAP, map[0], map[1], map[2]) }, (x, _, _) => x));

        Assert.Equal((9, 0, 9), PictureFiles.Pixel(raster.Read(new PixelBox(9, 0, 1, 1)), 0, 0));
    }

    [Fact]
    public void A_fourth_band_of_alpha_is_dropped()
    {
        using var raster = RasterWindows.Open(Write(new RasterKind { Bands = 4, More = tiff => tiff.SetField(TiffTag.EXTRASAMPLES, 1, new short[] { 2 }) }));

        var box = new PixelBox(3, 5, 20, 20);
        Assert.Equal(4, raster.Bands);
        Same(raster.Read(box), box, bits: 8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void Two_or_five_bands_or_four_without_alpha_are_no_picture_and_the_message_says_the_cure(int bands)
    {
        var path = Write(new RasterKind { Bands = bands, Colors = Photometric.MINISBLACK });
        using var raster = RasterWindows.Open(path);

        var error = Assert.Throws<BadInputException>(() => raster.Read(new PixelBox(0, 0, 4, 4)));

        Assert.StartsWith($"{path} has {bands} bands, but the network takes 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("gdal_translate -b 1 -b 2 -b 3", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Say --bands.", Assert.Throws<BadInputException>(() => raster.RequireColors("Say --bands.")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_of_five_bands_can_be_chosen_in_any_order()
    {
        var path = Write(new RasterKind { Bands = 5, Bits = 16, Colors = Photometric.MINISBLACK });
        using var raster = RasterWindows.Open(path, new RasterWindowOptions { Bands = [5, 1, 2] });

        Assert.Equal((RasterFiles.Sample(6, 7, 4, 16) >> 8, RasterFiles.Sample(6, 7, 0, 16) >> 8, RasterFiles.Sample(6, 7, 1, 16) >> 8), PictureFiles.Pixel(raster.Read(new PixelBox(6, 7, 1, 1)), 0, 0));
        Assert.Contains("band 6 was chosen", Assert.Throws<BadInputException>(() => RasterWindows.Open(path, new RasterWindowOptions { Bands = [6] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(16, false)]
    [InlineData(16, true)]
    public void All_bands_are_read_as_shares_of_the_largest_value(int bits, bool isPlanar)
    {
        using var raster = RasterWindows.Open(Write(new RasterKind { Bands = 5, Bits = bits, IsPlanar = isPlanar, IsTiled = true, Colors = Photometric.MINISBLACK, Compression = Compression.LZW }));

        var values = raster.ReadBands(new PixelBox(14, 3, 10, 20));

        Assert.Equal(5, raster.ReadableBands);
        var largest = bits == 8 ? 255f : 65535f;
        Assert.Equal(RasterFiles.Sample(14 + 8, 3 + 15, 3, bits) / largest, values[(((15 * 10) + 8) * 5) + 3]);
        Assert.Equal(RasterFiles.Sample(14, 3, 0, bits) / largest, values[0]);
    }

    [Theory]
    [InlineData(Compression.NONE)]
    [InlineData(Compression.ADOBE_DEFLATE)]
    public void A_file_of_one_large_strip_is_decoded_row_by_row(Compression compression)
    {
        var size = new PixelSize(4096, 3000);   // 36.9 MB in one strip
        static int Sample(int x, int y, int band) => ((x / 64) + (y / 8) + (80 * band)) % 256;
        using var raster = RasterWindows.Open(Write(new RasterKind { RowsPerStrip = size.Height, Compression = compression }, Sample, size));

        Assert.InRange(raster.Block.Height, 1, 100);
        foreach (var y in (int[])[0, 2900, 17])   // forwards and back again
        {
            var window = raster.Read(new PixelBox(4000, y, 2, 2));
            Assert.Equal((Sample(4001, y + 1, 0), Sample(4001, y + 1, 1), Sample(4001, y + 1, 2)), PictureFiles.Pixel(window, 1, 1));
        }
    }

    [Theory]
    [InlineData("8 strips chunky")]
    [InlineData("8 tiles chunky deflate")]
    [InlineData("16 strips planar lzw bigtiff")]
    public void A_truncated_raster_is_refused_when_it_is_opened(string words)
    {
        var whole = File.ReadAllBytes(Write(Kind(words)));
        // LibTiff writes the directory last: bring it to the front by cutting the data of a copy whose directory comes first.
        var path = _files.Write("cut.tif", TiffCut.DirectoryFirst(whole).AsSpan()[..^40]);

        var error = Assert.Throws<DamagedPictureException>(() => RasterWindows.Open(path));

        Assert.Equal(path, error.Path);
        Assert.Contains("is cut off: its data end at byte", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_raster_without_its_directory_is_cut_off()
    {
        var whole = File.ReadAllBytes(Write(Kind("8 strips chunky")));

        Assert.Contains("is cut off", Assert.Throws<DamagedPictureException>(() => RasterWindows.Open(_files.Write("cut.tif", whole.AsSpan(0, whole.Length / 2)))).Reason, StringComparison.Ordinal);
        Assert.Contains("is no TIFF", Assert.Throws<DamagedPictureException>(() => RasterWindows.Open(_files.Write("text.tif", "a text and nothing else"u8))).Reason, StringComparison.Ordinal);
        Assert.Contains("is no TIFF", Assert.Throws<DamagedPictureException>(() => RasterWindows.Open(_files.Write("empty.tif", []))).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8 strips chunky")]
    [InlineData("8 tiles chunky deflate")]
    [InlineData("16 strips planar lzw bigtiff")]
    public void Scrambled_bytes_end_in_an_error_that_names_the_file_or_in_other_pixels(string words)
    {
        var whole = File.ReadAllBytes(Write(Kind(words)));
        var random = new Seed(5).ToRandom();
        for (var round = 0; round < 60; round++)
        {
            var scrambled = whole.ToArray();
            for (var i = 0; i < 4; i++) scrambled[random.Next(2) == 0 ? random.Next(scrambled.Length) : scrambled.Length - 1 - random.Next(260)] = (byte)random.Next(256);
            var path = _files.Write("scrambled.tif", scrambled);

            var error = Record.Exception(() =>
            {
                using var raster = RasterWindows.Open(path);
                raster.Read(new PixelBox(0, 0, Math.Min(64, raster.Size.Width), Math.Min(64, raster.Size.Height)));
            });

            Assert.True(error is null or DamagedPictureException or BadInputException, $"round {round}: {error}");
        }
    }

    [Fact]
    public void Many_threads_read_one_raster()
    {
        using var raster = RasterWindows.Open(Write(Kind("16 tiles planar deflate")), new RasterWindowOptions { Cache = new RasterBlockCache(0) });

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var box = new PixelBox(i % 20, i % 13, 16, 16);
            Same(raster.Read(box), box, bits: 16);
        });
    }

    [Fact]
    public void Rasters_that_share_a_cache_share_its_bound()
    {
        var cache = new RasterBlockCache(2000);   // two blocks of 16x16 RGB
        using var first = RasterWindows.Open(Write(Kind("8 tiles chunky")), new RasterWindowOptions { Cache = cache });
        using var second = RasterWindows.Open(Write(Kind("8 tiles chunky")), new RasterWindowOptions { Cache = cache });

        foreach (var raster in (RasterWindows[])[first, second, first])
        {
            var box = new PixelBox(0, 0, 30, 20);
            Same(raster.Read(box), box, bits: 8);
            Assert.Equal(1536, cache.Kept);
        }
    }

    [Theory]
    [InlineData(-1, 0, 4, 4)]
    [InlineData(34, 0, 4, 4)]
    [InlineData(0, 26, 4, 4)]
    [InlineData(0, 0, 0, 4)]
    public void A_window_outside_of_the_raster_is_the_callers_mistake(int x, int y, int width, int height)
    {
        using var raster = RasterWindows.Open(Write(Kind("8 strips chunky")));

        Assert.Throws<ArgumentOutOfRangeException>(() => raster.Read(new PixelBox(x, y, width, height)));
    }

    [Fact]
    public void What_is_not_read_says_how_to_convert_it()
    {
        using var floats = RasterWindows.Open(Write(new RasterKind { Bands = 1, Bits = 32, Colors = Photometric.MINISBLACK, More = tiff => tiff.SetField(TiffTag.SAMPLEFORMAT, SampleFormat.IEEEFP) }));
        Assert.Contains("gdal_translate -ot Byte -scale", Assert.Throws<BadInputException>(() => floats.Read(new PixelBox(0, 0, 1, 1))).Message, StringComparison.Ordinal);

        var turned = Write(new RasterKind { More = tiff => tiff.SetField(TiffTag.ORIENTATION, Orientation.BOTLEFT) });
        Assert.Contains("stored turned", Assert.Throws<BadInputException>(() => RasterWindows.Open(turned)).Message, StringComparison.Ordinal);
    }
}
