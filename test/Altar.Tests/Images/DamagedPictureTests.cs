using System.Buffers.Binary;
using Altar.Images;

namespace Altar.Tests.Images;

public sealed class DamagedPictureTests : IDisposable
{
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static string Reason(string path, ReadOptions? options = null) =>
        Assert.Throws<DamagedPictureException>(() => RasterReader.Read(path, options)).Reason;

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".bmp")]
    [InlineData(".tif")]
    public void A_picture_that_lacks_its_last_tenth_is_damaged(string ending)
    {
        var bytes = RasterWriter.Encode(ending, PictureFiles.Fields(200, 150));
        var path = _files.Write("cut" + ending, bytes.AsSpan(0, bytes.Length * 9 / 10));

        var error = Assert.Throws<DamagedPictureException>(() => RasterReader.Read(path));

        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_jpeg_is_told_from_one_with_a_tail()
    {
        var whole = RasterWriter.Encode(".jpg", PictureFiles.Fields(200, 150));
        var withTail = _files.Write("tail.jpg", [.. whole, .. "SEFT and what else a phone appends"u8]);
        var cut = _files.Write("cut.jpg", [.. whole.AsSpan(0, whole.Length - 40), .. new byte[4096]]);

        Assert.Equal("RGBW", PictureFiles.Corners(RasterReader.Read(withTail)));
        Assert.Equal("is cut off: the end of the Jpeg data is missing", Reason(cut));
    }

    [Fact]
    public void A_text_file_is_no_picture_whatever_its_name()
    {
        var path = _files.Write("text.jpg", "<html>404 Not Found</html>"u8);

        Assert.Equal("is no JPEG, PNG, WebP, BMP or TIFF; it begins with the text \"<html>404 No\"", Reason(path));
    }

    [Fact]
    public void An_empty_file_is_no_picture() => Assert.Equal("is empty", Reason(_files.Write("empty.jpg", [])));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(100)]
    public void A_header_that_ends_too_soon_is_damage_and_no_crash(int length)
    {
        foreach (var ending in (string[])[".jpg", ".png", ".webp", ".bmp", ".tif"])
        {
            var bytes = RasterWriter.Encode(ending, PictureFiles.Fields(64, 64));
            var path = _files.Write("stub" + ending, bytes.AsSpan(0, Math.Min(length, bytes.Length - 30)));

            Assert.Throws<DamagedPictureException>(() => RasterReader.Read(path));
        }
    }

    [Fact]
    public void A_claim_of_60000_by_60000_is_refused_before_decoding()
    {
        var png = RasterWriter.Encode(".png", PictureFiles.Fields(4, 4));
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), 60000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), 60000);
        var path = _files.Write("huge.png", png);

        Assert.Equal(new PixelSize(60000, 60000), RasterReader.ReadHeader(path).Size);
        Assert.Equal("its header claims 60000x60000 pixels, above the limit of 200 million (maximum_pixels)", Reason(path));
    }

    [Fact]
    public void The_limit_on_pixels_can_be_set()
    {
        var path = _files.Write("small.png", RasterWriter.Encode(".png", PictureFiles.Fields(10, 10)));

        Assert.Equal(PixelSize.Square(10), RasterReader.Read(path, new ReadOptions { MaximumPixels = 100 }).Size);
        Assert.Contains("10x10", Reason(path, new ReadOptions { MaximumPixels = 99 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Scrambled_bytes_never_escape_as_another_error()
    {
        var random = new Altar.Tensors.Seed(3).ToRandom();
        foreach (var ending in (string[])[".jpg", ".png", ".webp", ".bmp", ".tif"])
        {
            var bytes = RasterWriter.Encode(ending, PictureFiles.Fields(32, 32));
            for (var round = 0; round < 30; round++)
            {
                var scrambled = bytes.ToArray();
                for (var i = 0; i < 3; i++) scrambled[random.Next(scrambled.Length)] = (byte)random.Next(256);
                var path = _files.Write("scrambled", scrambled);

                var error = Record.Exception(() => RasterReader.Read(path));

                Assert.True(error is null or DamagedPictureException, $"{ending}, round {round}: {error}");
            }
        }
    }

    [Fact]
    public void A_chunk_that_claims_four_gigabytes_is_damage()
    {
        var png = RasterWriter.Encode(".png", PictureFiles.Fields(4, 4));
        byte[] chunk = [0xFF, 0xFF, 0xFF, 0xFF, .. "tEXt"u8];

        Assert.Equal("is cut off within its header", Reason(_files.Write("chunk.png", [.. png.AsSpan(0, 33), .. chunk, .. png.AsSpan(33)])));
    }

    [Fact]
    public void A_jpeg_whose_segments_lead_nowhere_is_damaged()
    {
        var jpeg = RasterWriter.Encode(".jpg", PictureFiles.Fields(64, 64));
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);

        // Behind the frame header comes no marker, and the end marker is hidden.
        Assert.Equal("is cut off: the end of the Jpeg data is missing", Reason(_files.Write("lost.jpg", [.. jpeg.AsSpan(0, frame + 19), .. "nothing that is a marker"u8])));
    }
}
