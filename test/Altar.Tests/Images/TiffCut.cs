using System.Buffers.Binary;

namespace Altar.Tests.Images;

/// <summary>Moves the directory of a TIFF before its data, so that a cut loses pixels and not the directory.</summary>
internal static class TiffCut
{
    public static byte[] DirectoryFirst(byte[] file)
    {
        var isBig = file[2] == 43;
        var (header, count, width) = isBig ? (16, 8, 20) : (8, 2, 12);
        var directory = (int)(isBig ? BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        // The copy: header, everything behind the directory's start (directory and long values), then the data, every offset moved.
        var tail = file.Length - directory;
        byte[] copy = [.. file.AsSpan(0, header), .. file.AsSpan(directory), .. file.AsSpan(header, directory - header)];
        var fields = isBig ? (int)BinaryPrimitives.ReadUInt64LittleEndian(copy.AsSpan(header)) : BinaryPrimitives.ReadUInt16LittleEndian(copy.AsSpan(header));
        Write(copy, isBig ? 8 : 4, header, isBig);
        for (var i = 0; i < fields; i++)
        {
            var entry = header + count + (i * width);
            var tag = BinaryPrimitives.ReadUInt16LittleEndian(copy.AsSpan(entry));
            var type = BinaryPrimitives.ReadUInt16LittleEndian(copy.AsSpan(entry + 2));
            var values = isBig ? (int)BinaryPrimitives.ReadUInt64LittleEndian(copy.AsSpan(entry + 4)) : BinaryPrimitives.ReadInt32LittleEndian(copy.AsSpan(entry + 4));
            var size = values * (type switch { 1 or 2 or 7 => 1, 3 => 2, 4 or 11 => 4, _ => 8 });
            var at = entry + (isBig ? 12 : 8);
            var isInline = size <= (isBig ? 8 : 4);
            if (!isInline) Write(copy, at, Moved(Read(copy, at, isBig)), isBig);
            if (tag is not (273 or 324)) continue;
            var list = isInline ? at : Read(copy, at, isBig);
            for (var v = 0; v < values; v++) Write(copy, list + (v * size / values), Moved(Read(copy, list + (v * size / values), size / values == 8)), size / values == 8);
        }

        return copy;

        int Moved(int offset) => offset >= directory ? offset - directory + header : offset + tail;
    }

    private static int Read(byte[] bytes, int at, bool is64) =>
        is64 ? (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static void Write(byte[] bytes, int at, int value, bool is64)
    {
        if (is64) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), (ulong)value);
        else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
