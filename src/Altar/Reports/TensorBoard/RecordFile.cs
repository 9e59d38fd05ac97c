using System.Buffers.Binary;

namespace Altar.Reports.TensorBoard;

/// <summary>TFRecord framing: length, its masked CRC, the bytes, their masked CRC.</summary>
internal static class RecordFile
{
    public static void Write(Stream to, ReadOnlySpan<byte> record)
    {
        var frame = new byte[record.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Crc32C.Masked(frame.AsSpan(0, 8)));
        record.CopyTo(frame.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12 + record.Length), Crc32C.Masked(record));
        to.Write(frame);
    }

    /// <summary>The records up to the end, or up to the first that is cut off or damaged.</summary>
    public static IReadOnlyList<byte[]> Read(ReadOnlySpan<byte> file)
    {
        var records = new List<byte[]>();
        while (file.Length >= 16)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
            if (Crc32C.Masked(file[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) || length > (ulong)(file.Length - 16)) break;
            var record = file.Slice(12, (int)length);
            if (Crc32C.Masked(record) != BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + (int)length)..])) break;
            records.Add(record.ToArray());
            file = file[(16 + (int)length)..];
        }

        return records;
    }
}
