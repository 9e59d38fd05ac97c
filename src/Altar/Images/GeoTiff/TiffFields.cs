using System.Buffers.Binary;

namespace Altar.Images.GeoTiff;

/// <summary>Writes the header and a directory of a TIFF or BigTIFF, least significant byte first.</summary>
internal static class TiffFields
{
    /// <summary>Writes where the directory begins: 8 bytes, of a BigTIFF 16.</summary>
    public static void WriteHeader(Stream stream, bool isBig, ulong directory)
    {
        stream.Write(isBig ? "II+\0\x08\0\0\0"u8 : "II*\0"u8);
        Write(stream, directory, isBig ? 8 : 4);
    }

    /// <summary>Writes a directory at the stream's place, then the values that do not fit into it. There is no further directory.</summary>
    /// <param name="stream">At an even place.</param>
    /// <param name="fields">In any order, each tag once.</param>
    /// <param name="isBig">Whether counts and offsets have 64 bits.</param>
    public static void Write(Stream stream, IReadOnlyCollection<TiffField> fields, bool isBig)
    {
        var (countWidth, entryWidth, inline) = isBig ? (8, 20, 8) : (2, 12, 4);
        var values = (ulong)(stream.Position + countWidth + (fields.Count * entryWidth) + inline);
        Write(stream, (ulong)fields.Count, countWidth);
        List<byte[]> behind = [];
        foreach (var field in fields.OrderBy(field => field.Tag))
        {
            Write(stream, (ulong)field.Tag, 2);
            Write(stream, (ulong)field.Type, 2);
            Write(stream, (ulong)field.Count, inline);
            if (field.Bytes.Length <= inline)
            {
                stream.Write([.. field.Bytes, .. new byte[inline - field.Bytes.Length]]);
                continue;
            }

            Write(stream, values, inline);
            byte[] even = field.Bytes.Length % 2 == 0 ? field.Bytes : [.. field.Bytes, 0];
            behind.Add(even);
            values += (ulong)even.Length;
        }

        Write(stream, 0, inline);
        behind.ForEach(bytes => stream.Write(bytes));
    }

    private static void Write(Stream stream, ulong value, int width)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        stream.Write(bytes[..width]);
    }
}
