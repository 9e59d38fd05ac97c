using System.Buffers.Binary;

namespace Altar.Images;

/// <summary>Decodes the first picture of a GIF (GIF89a specification) to its palette indices: Carvana's masks are GIFs, and OpenCV's colours are not needed.</summary>
internal static class GifDecoder
{
    public const int HeaderBytes = 13;

    private const int MostCodes = 4096, Extension = 0x21, Picture = 0x2C;

    public static bool Understands(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);

    public static PixelSize ReadSize(string path, ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes) throw new DamagedPictureException(path, "is cut off within its header");
        var size = new PixelSize(BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        return size.Shorter > 0 ? size : throw new DamagedPictureException(path, $"has a header that claims {size.Width}x{size.Height} pixels");
    }

    public static Mask Decode(string path, byte[] file, long maximumPixels)
    {
        var size = ReadSize(path, file);
        if (size.Area > maximumPixels) throw new DamagedPictureException(path, $"its header claims {size.Width}x{size.Height} pixels, above the limit of {maximumPixels / 1e6:0.###} million");
        try
        {
            var mask = new Mask(size);
            Fill(mask, file);
            return mask;
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            throw new DamagedPictureException(path, "is cut off, or its Gif data cannot be decoded");
        }
    }

    private static void Fill(Mask mask, byte[] file)
    {
        var at = HeaderBytes + PaletteBytes(file[10]);
        while (file[at] == Extension) at = AfterBlocks(file, at + 2);
        if (file[at] != Picture) throw new InvalidDataException("no picture");
        var box = new PixelBox(Number(file, at + 1), Number(file, at + 3), Number(file, at + 5), Number(file, at + 7));
        var isInterlaced = (file[at + 9] & 0x40) != 0;
        at += 10 + PaletteBytes(file[at + 9]);
        var indices = Unpack(Joined(file, at + 1), file[at], box.Width * box.Height);
        var from = 0;
        foreach (var y in RowOrder(box.Height, isInterlaced)) indices.AsSpan(box.Width * from++, box.Width).CopyTo(mask.Row(box.Y + y)[box.X..]);
    }

    private static int PaletteBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int Number(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private static int AfterBlocks(byte[] file, int at)
    {
        while (file[at] != 0) at += file[at] + 1;
        return at + 1;
    }

    private static byte[] Joined(byte[] file, int at)
    {
        using var joined = new MemoryStream();
        for (; file[at] != 0; at += file[at] + 1) joined.Write(file.AsSpan(at + 1, file[at]));
        return joined.ToArray();
    }

    private static IEnumerable<int> RowOrder(int height, bool isInterlaced)
    {
        (int Start, int Step)[] passes = isInterlaced ? [(0, 8), (4, 8), (2, 4), (1, 2)] : [(0, 1)];
        foreach (var (start, step) in passes)
            for (var y = start; y < height; y += step) yield return y;
    }

    // LZW: a code stands for an earlier code's string and one byte more. Strings are written from their end.
    private static byte[] Unpack(byte[] data, int bits, int count)
    {
        if (bits is < 2 or > 8) throw new InvalidDataException("no code size");
        var indices = new byte[count];
        var (before, last, length) = (new int[MostCodes], new byte[MostCodes], new int[MostCodes]);
        var (clear, end) = (1 << bits, (1 << bits) + 1);
        for (var code = 0; code < clear; code++) (last[code], length[code]) = ((byte)code, 1);
        var (next, width, previous, written, position) = (end + 1, bits + 1, -1, 0, 0);
        while (written < count)
        {
            var code = ReadCode(data, ref position, width);
            if (code == end) throw new InvalidDataException("ends early");
            if (code == clear)
            {
                (next, width, previous) = (end + 1, bits + 1, -1);
                continue;
            }

            if (code > next || (code == next && previous < 0) || (previous < 0 && code >= clear)) throw new InvalidDataException("unknown code");
            if (previous >= 0 && next < MostCodes)
            {
                (before[next], length[next]) = (previous, length[previous] + 1);
                last[next] = First(code == next ? previous : code, before, length, last);
                next++;
            }

            if (code >= next) throw new InvalidDataException("unknown code");
            written += Write(code, indices, written, before, length, last);
            previous = code;
            if (next == 1 << width && width < 12) width++;
        }

        return indices;
    }

    private static byte First(int code, int[] before, int[] length, byte[] last)
    {
        while (length[code] > 1) code = before[code];
        return last[code];
    }

    private static int Write(int code, byte[] indices, int written, int[] before, int[] length, byte[] last)
    {
        var total = length[code];
        for (var i = total - 1; i >= 0; i--)
        {
            if (written + i < indices.Length) indices[written + i] = last[code];
            code = before[code];
        }

        return total;
    }

    private static int ReadCode(byte[] data, ref int position, int width)
    {
        var code = 0;
        for (var bit = 0; bit < width; bit++, position++) code |= ((data[position / 8] >> (position % 8)) & 1) << bit;
        return code;
    }
}
