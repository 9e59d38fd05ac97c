using System.Buffers.Binary;

namespace Altar.Images.Headers;

/// <summary>Reads the three kinds of WebP: lossy (VP8), lossless (VP8L) and extended (VP8X); RFC 9649.</summary>
internal static class WebPHeader
{
    private const int HasExif = 0x08;

    public static PictureHeader? Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30) return null;
        var kind = file.Slice(12, 4);
        if (kind.SequenceEqual("VP8 "u8))
        {
            return Header(BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF, ExifTurn.None);
        }

        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return Header((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1, ExifTurn.None);
        }

        if (!kind.SequenceEqual("VP8X"u8)) throw new InvalidDataException("is a WebP without a picture");
        var turn = (file[20] & HasExif) == 0 ? ExifTurn.None : Turn(file);
        return turn is { } known ? Header(Int24(file[24..]) + 1, Int24(file[27..]) + 1, known) : null;
    }

    /// <summary>Whether the file is as long as it says.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file) => file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L;

    private static PictureHeader Header(long width, long height, ExifTurn turn) => new(PictureFormat.WebP, HeaderParser.Size(width, height), turn);

    private static int Int24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    // The EXIF chunk stands behind the pixels: null asks for more of the file.
    private static ExifTurn? Turn(ReadOnlySpan<byte> file)
    {
        for (long at = 12; at + 8 <= file.Length;)
        {
            var chunk = file[(int)at..];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.Length < length + 8) return null;
            if (chunk.StartsWith("EXIF"u8))
            {
                var exif = chunk.Slice(8, (int)length);
                return TiffHeader.Turn(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
            }

            at += 8 + length + (length & 1);
        }

        return file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L ? ExifTurn.None : null;
    }
}
