using Altar.Images;
using OpenCvSharp;

namespace Altar.Tests.Images;

public sealed class RasterReaderTests : IDisposable
{
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(".jpg", PictureFormat.Jpeg)]
    [InlineData(".png", PictureFormat.Png)]
    [InlineData(".webp", PictureFormat.WebP)]
    [InlineData(".bmp", PictureFormat.Bmp)]
    [InlineData(".tif", PictureFormat.Tiff)]
    public void Every_format_is_read_with_its_colours_in_place(string ending, PictureFormat format)
    {
        var path = _files.Write("misnamed", RasterWriter.Encode(ending, PictureFiles.Fields(40, 24)));

        Assert.Equal(new PictureHeader(format, new PixelSize(40, 24), ExifTurn.None), RasterReader.ReadHeader(path));
        Assert.Equal("RGBW", PictureFiles.Corners(RasterReader.Read(path)));
    }

    // The stored picture is  R G   and what a viewer shows is told by EXIF: 6 turns clockwise, so that B comes to the upper left.
    //                        B W
    [Theory]
    [InlineData(1, "RGBW")]
    [InlineData(2, "GRWB")]
    [InlineData(3, "WBGR")]
    [InlineData(4, "BWRG")]
    [InlineData(5, "RBGW")]
    [InlineData(6, "BRWG")]
    [InlineData(7, "WGBR")]
    [InlineData(8, "GWRB")]
    public void A_jpeg_stands_as_its_exif_tag_says(int orientation, string corners)
    {
        var path = _files.Write("turned.jpg", PictureFiles.JpegWithTurn(PictureFiles.Fields(64, 32), orientation));
        var expected = orientation >= 5 ? new PixelSize(32, 64) : new PixelSize(64, 32);

        var raster = RasterReader.Read(path);

        Assert.Equal(expected, RasterReader.ReadHeader(path).Size);
        Assert.Equal(expected, raster.Size);
        Assert.Equal(corners, PictureFiles.Corners(raster));
    }

    [Theory]
    [InlineData(3, "WBGR")]
    [InlineData(6, "BRWG")]
    public void A_reduced_jpeg_is_turned_once(int orientation, string corners)
    {
        var path = _files.Write("turned.jpg", PictureFiles.JpegWithTurn(PictureFiles.Fields(320, 160), orientation));

        var raster = RasterReader.Read(path, new ReadOptions { AtLeast = PixelSize.Square(40) });

        Assert.Equal(orientation == 6 ? new PixelSize(40, 80) : new PixelSize(80, 40), raster.Size);
        Assert.Equal(corners, PictureFiles.Corners(raster));
    }

    [Theory]
    [InlineData(3, "WBGR")]
    [InlineData(6, "BRWG")]
    public void A_tiff_is_turned_once(int orientation, string corners)
    {
        var path = _files.Free("turned.tif");
        TiffFiles.Write(path, PictureFiles.Fields(64, 32), orientation);

        Assert.Equal(corners, PictureFiles.Corners(RasterReader.Read(path)));
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(500, 2)]
    [InlineData(251, 2)]
    [InlineData(250, 4)]
    [InlineData(125, 8)]
    [InlineData(10, 8)]
    public void The_scale_of_decoding_comes_from_the_size_in_the_header(int side, int scale)
    {
        var header = new PictureHeader(PictureFormat.Jpeg, new PixelSize(1000, 2000), ExifTurn.None);

        Assert.Equal(scale, RasterReader.Scale(header, PixelSize.Square(side)));
    }

    [Fact]
    public void Sixteen_bits_become_eight()
    {
        using var picture = new Mat(4, 4, MatType.CV_16UC3, new Scalar(0x2000, 0x8000, 0xFFFF));   // B, G, R

        foreach (var ending in (string[])[".png", ".tif"])
        {
            Cv2.ImEncode(ending, picture, out var bytes);
            var raster = RasterReader.Read(_files.Write("sixteen" + ending, bytes));
            var (r, g, b) = PictureFiles.Pixel(raster, 1, 1);

            Assert.Equal(255, r);
            Assert.InRange(g, 127, 128);
            Assert.InRange(b, 31, 32);
        }
    }

    [Fact]
    public void Grey_becomes_three_equal_channels()
    {
        using var picture = new Mat(8, 8, MatType.CV_8UC1, new Scalar(77));

        foreach (var ending in (string[])[".png", ".jpg", ".tif", ".bmp"])
        {
            Cv2.ImEncode(ending, picture, out var bytes);
            Assert.Equal((77, 77, 77), PictureFiles.Pixel(RasterReader.Read(_files.Write("grey" + ending, bytes)), 3, 3));
        }
    }

    [Fact]
    public void Alpha_is_dropped_and_the_colour_under_it_stays()
    {
        using var picture = new Mat(4, 4, MatType.CV_8UC4, new Scalar(10, 20, 30, 0));   // B, G, R, alpha
        Cv2.ImEncode(".png", picture, out var bytes);

        Assert.Equal((30, 20, 10), PictureFiles.Pixel(RasterReader.Read(_files.Write("alpha.png", bytes)), 2, 2));
    }

    // Inverted CMYK: 255 is no ink, so red is magenta and yellow at full ink.
    [Theory]
    [InlineData(255, 255, 255, 255, 255, 255, 255)]
    [InlineData(255, 0, 0, 255, 255, 0, 0)]
    [InlineData(0, 0, 255, 255, 0, 0, 255)]
    [InlineData(255, 255, 255, 128, 128, 128, 128)]
    public void A_cmyk_jpeg_has_the_colours_a_viewer_shows(byte cyan, byte magenta, byte yellow, byte black, int r, int g, int b)
    {
        var path = _files.Write("cmyk.jpg", PictureFiles.CmykJpeg(cyan, magenta, yellow, black));

        var pixel = PictureFiles.Pixel(RasterReader.Read(path), 4, 4);

        Assert.InRange(pixel.R, r - 2, r + 2);
        Assert.InRange(pixel.G, g - 2, g + 2);
        Assert.InRange(pixel.B, b - 2, b + 2);
    }

    [Fact]
    public void A_cmyk_tiff_of_sixteen_bits_is_read()
    {
        var path = _files.Free("cmyk.tif");
        TiffFiles.WriteCmyk16(path, cyan: 0, magenta: 0xFFFF, yellow: 0xFFFF, black: 0);

        Assert.Equal((255, 0, 0), PictureFiles.Pixel(RasterReader.Read(path), 1, 1));
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".bmp")]
    [InlineData(".tif")]
    public void A_picture_of_one_pixel_is_a_picture(string ending)
    {
        var path = _files.Write("one" + ending, RasterWriter.Encode(ending, new Raster(PixelSize.Square(1))));

        Assert.Equal(PixelSize.Square(1), RasterReader.Read(path, new ReadOptions { AtLeast = PixelSize.Square(224) }).Size);
    }

    [Fact]
    public void A_written_png_comes_back_byte_for_byte()
    {
        var raster = PictureFiles.Fields(7, 5);
        var path = _files.Free("new/folder/fields.png");

        RasterWriter.Write(path, raster);

        Assert.Equal(raster.Pixels, RasterReader.Read(path).Pixels);
    }
}
