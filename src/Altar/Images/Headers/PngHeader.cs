using System.Buffers.Binary;

namespace Altar.Images.Headers;

/// <summary>Walks a PNG's chunks (ISO/IEC 15948) to the first one with pixels.</summary>
internal static class PngHeader
{
    public static PictureHeader? Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33) return null;
        if (!file[12..].StartsWith("IHDR"u8)) throw new InvalidDataException("is a PNG without a header chunk");
        var size = HeaderParser.Size(BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
        var turn = ExifTurn.None;
        for (long at = 33; at + 8 <= file.Length;)
        {
            var chunk = file[(int)at..];
            long length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (chunk[4..].StartsWith("IDAT"u8) || chunk[4..].StartsWith("IEND"u8)) return new PictureHeader(PictureFormat.Png, size, turn);
            if (chunk.Length < length + 8) return null;
            if (chunk[4..].StartsWith("eXIf"u8)) turn = TiffHeader.Turn(chunk.Slice(8, (int)length));
            at += length + 12;
        }

        return null;
    }

    /// <summary>Whether the closing chunk is there.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file) => file.LastIndexOf("IEND"u8) >= 0;
}
