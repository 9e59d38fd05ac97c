using System.Buffers.Binary;
using System.IO.Compression;

namespace Altar.Images;

/// <summary>Decodes grey and palette PNGs of up to 8 bits (ISO/IEC 15948) to the numbers they store.</summary>
internal static class PngNumbers
{
    private const int Grey = 0, Palette = 3;

    /// <summary>Whether the file is one of them. Interlaced ones of grey go to OpenCV; with a palette they are refused, since their indices would be lost.</summary>
    public static bool Understands(ReadOnlySpan<byte> file) =>
        file.Length > 33 && file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) && file[24] <= 8 && file[25] is Grey or Palette && (file[28] == 0 || file[25] == Palette);

    public static bool IsInterlaced(ReadOnlySpan<byte> file) => file[28] != 0;

    /// <returns>Null when the data cannot be decoded.</returns>
    public static Mask? Decode(byte[] file, PixelSize size)
    {
        try
        {
            using var data = PixelData(file);
            using var unpacked = new ZLibStream(data, CompressionMode.Decompress);
            return Rows(unpacked, size, bits: file[24]);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static MemoryStream PixelData(byte[] file)
    {
        var data = new MemoryStream(file.Length);
        for (var at = 8; at + 8 <= file.Length;)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)));
            if (file.AsSpan(at + 4).StartsWith("IDAT"u8)) data.Write(file.AsSpan(at + 8, length));
            if (file.AsSpan(at + 4).StartsWith("IEND"u8)) break;
            at = checked(at + length + 12);
        }

        data.Position = 0;
        return data;
    }

    private static Mask Rows(Stream unpacked, PixelSize size, int bits)
    {
        var mask = new Mask(size);
        var (row, above) = (new byte[((size.Width * bits) + 7) / 8], new byte[((size.Width * bits) + 7) / 8]);
        for (var y = 0; y < size.Height; y++)
        {
            var filter = unpacked.ReadByte();
            unpacked.ReadExactly(row);
            Unfilter(filter, row, above);
            Unpack(row, mask.Row(y), bits);
            (row, above) = (above, row);
        }

        return mask;
    }

    // Section 9: every byte was replaced by its difference to a prediction from the bytes to the left, above, and above to the left.
    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        if (filter is < 0 or > 4) throw new InvalidDataException("unknown filter");
        if (filter == 0) return;
        byte left = 0, corner = 0;
        for (var i = 0; i < row.Length; i++)
        {
            var prediction = filter switch { 1 => left, 2 => above[i], 3 => (left + above[i]) / 2, _ => Paeth(left, above[i], corner) };
            row[i] = left = unchecked((byte)(row[i] + prediction));
            corner = above[i];
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void Unpack(ReadOnlySpan<byte> row, Span<byte> values, int bits)
    {
        if (bits == 8)
        {
            row.CopyTo(values);
            return;
        }

        var (perByte, largest) = (8 / bits, (1 << bits) - 1);
        for (var x = 0; x < values.Length; x++) values[x] = (byte)((row[x / perByte] >> (8 - bits - (x % perByte * bits))) & largest);
    }
}
