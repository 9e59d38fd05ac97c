using System.Buffers.Binary;
using System.IO.Compression;
using Altar.Images;
using Altar.Tensors;
using OpenCvSharp;

namespace Altar.Tests.Images;

public sealed class MaskReaderTests : IDisposable
{
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(".png")]
    [InlineData(".tif")]
    [InlineData(".bmp")]
    public void Written_values_are_read_as_they_are(string ending)
    {
        var mask = new Mask(new PixelSize(5, 3), [0, 1, 2, 3, 255, 7, 6, 5, 4, 3, 9, 9, 8, 8, 8]);
        MaskWriter.Write(_files.Free("m" + ending), mask);

        Assert.Equal(mask.Values, MaskReader.ReadNumbers(_files.Free("m" + ending)).Values);
        Assert.Equal(mask.Size, MaskReader.ReadSize(_files.Free("m" + ending)));
    }

    [Fact]
    public void A_lossy_format_is_refused() =>
        Assert.Contains("use .png", Assert.Throws<BadInputException>(() => MaskWriter.Write("m.jpg", new Mask(new PixelSize(1, 1)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_palette_gives_indices_here_and_colours_to_the_picture_reader()
    {
        var path = _files.Write("p.png", Png(colourType: 3, bits: 8, width: 3, rows: [[0, 1, 2], [2, 1, 0]], palette: [0, 0, 0, 128, 0, 0, 0, 128, 0]));

        Assert.Equal([0, 1, 2, 2, 1, 0], MaskReader.ReadNumbers(path).Values);
        Assert.Equal((128, 0, 0), PictureFiles.Pixel(RasterReader.Read(path), 1, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Narrow_pixels_are_not_stretched(int colourType)
    {
        // 5 pixels of 2 bits: 0 1 2 3 | 3, most significant first
        var path = _files.Write("n.png", Png((byte)colourType, bits: 2, width: 5, rows: [[0b00011011, 0b11000000]], palette: colourType == 3 ? new byte[12] : null));

        Assert.Equal([0, 1, 2, 3, 3], MaskReader.ReadNumbers(path).Values);
    }

    [Fact]
    public void Every_row_filter_is_undone()
    {
        var random = new Seed(3).ToRandom();
        var mask = new Mask(new PixelSize(40, 30));
        for (var i = 0; i < mask.Values.Length; i++) mask.Values[i] = (byte)((i % 40 / 3) + (i / 40) + random.Next(2));
        using var picture = Mat.FromPixelData(30, 40, MatType.CV_8UC1, mask.Values);
        foreach (var strategy in (int[])[0, 1, 2, 3, 4])
        {
            // Higher levels make libpng choose filters row by row.
            Cv2.ImEncode(".png", picture, out var bytes, new ImageEncodingParam(ImwriteFlags.PngCompression, 9), new ImageEncodingParam(ImwriteFlags.PngStrategy, strategy));
            Assert.Equal(mask.Values, MaskReader.ReadNumbers(_files.Write("f.png", bytes)).Values);
        }

        // Rows 1 to 4 written with filters 1 to 4 by hand: differences to left, above, their mean, and Paeth's choice.
        var path = _files.Write("h.png", Png(0, 8, 2, [[10, 20], [10, 10], [1, 1], [6, 5], [1, 1]], null, filters: [0, 1, 2, 3, 4]));
        Assert.Equal([10, 20, 10, 20, 11, 21, 11, 21, 12, 22], MaskReader.ReadNumbers(path).Values);
    }

    [Fact]
    public void A_gif_gives_its_indices()
    {
        // 4x2, indices 0 1 1 0 / 1 0 0 1; codes of 3 bits: clear 4, then each index, a clear before they would widen, end 5.
        byte[] gif =
        [
            .. "GIF89a"u8, 4, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 4, 0, 2, 0, 0, 2,
            .. Codes([4, 0, 1, 4, 1, 0, 4, 1, 0, 4, 0, 1, 5]), 0, 0x3B,
        ];

        var mask = MaskReader.ReadNumbers(_files.Write("m.gif", gif));

        Assert.Equal([0, 1, 1, 0, 1, 0, 0, 1], mask.Values);
        Assert.Equal(new PixelSize(4, 2), MaskReader.ReadSize(_files.Free("m.gif")));
        Assert.Contains("cut off", Assert.Throws<DamagedPictureException>(() => MaskReader.ReadNumbers(_files.Write("c.gif", gif.AsSpan(0, gif.Length - 8)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gif_of_runs_uses_codes_for_strings_and_widens_them()
    {
        var path = _files.Write("r.gif", GifFiles.Encode(64, 40, (x, y) => (x / 7) + (y / 5) & 3));

        var mask = MaskReader.ReadNumbers(path);

        Assert.Equal(Enumerable.Range(0, 64 * 40).Select(i => (byte)(((i % 64 / 7) + (i / 64 / 5)) & 3)), mask.Values);
    }

    [Fact]
    public void A_colour_where_numbers_belong_is_named_with_its_place()
    {
        var picture = new Raster(new PixelSize(4, 4));
        picture.Row(2)[3] = 200;
        RasterWriter.Write(_files.Free("c.png"), picture);

        var error = Assert.Throws<BadInputException>(() => MaskReader.ReadNumbers(_files.Free("c.png")));

        Assert.Contains("#c80000 at column 1, row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("data.colors", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".tif")]
    public void A_mask_that_is_cut_off_is_damaged(string ending)
    {
        var mask = new Mask(PixelSize.Square(64));
        new Seed(1).ToRandom().NextBytes(mask.Values);
        var bytes = MaskWriter.Encode(ending, mask);

        Assert.Throws<DamagedPictureException>(() => MaskReader.ReadNumbers(_files.Write("m" + ending, bytes.AsSpan(0, bytes.Length / 2))));
    }

    private static byte[] Codes(int[] codes)
    {
        var (bits, bytes) = (codes.SelectMany(code => Enumerable.Range(0, 3).Select(bit => (code >> bit) & 1)).ToList(), new List<byte>());
        foreach (var chunk in bits.Chunk(8)) bytes.Add((byte)chunk.Select((bit, at) => bit << at).Sum());
        return [(byte)bytes.Count, .. bytes];
    }

    private static byte[] Png(byte colourType, byte bits, int width, byte[][] rows, byte[]? palette, byte[]? filters = null)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < rows.Length; y++) zlib.Write([filters?[y] ?? 0, .. rows[y]]);
        byte[] header = [0, 0, 0, (byte)width, 0, 0, 0, (byte)rows.Length, bits, colourType, 0, 0, 0];
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. palette is null ? [] : Chunk("PLTE", palette),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. name.Select(letter => (byte)letter), .. content];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(named));
        return [.. length, .. named, .. check];
    }

    // PNG, annex D.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
