using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Altar.Images.GeoTiff;

/// <summary>The first directory of a TIFF or BigTIFF: every field as it stands, read when it is asked for.</summary>
internal sealed class TiffDirectory
{
    private const int MaximumFields = 4096;
    private readonly SafeFileHandle _file;
    private readonly bool _isLittle;
    private readonly Dictionary<int, Entry> _entries = [];

    private readonly record struct Entry(TiffFieldType Type, ulong Count, byte[] Value);

    private TiffDirectory(SafeFileHandle file, string path)
    {
        (_file, Path, FileLength) = (file, path, RandomAccess.GetLength(file));
        var start = At(0, (int)Math.Min(16, FileLength));
        _isLittle = start.StartsWith("II"u8);
        IsBig = start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8);
        if (!IsBig && !start.StartsWith("II*\0"u8) && !start.StartsWith("MM\0*"u8)) throw Damaged("is no TIFF");
        if (start.Length < (IsBig ? 16 : 8)) throw Damaged("is cut off within its header");
        ReadEntries(checked((long)Unsigned(start.AsSpan(IsBig ? 8 : 4), IsBig ? 8 : 4)));
    }

    public string Path { get; }

    public long FileLength { get; }

    /// <summary>Whether offsets have 64 bits.</summary>
    public bool IsBig { get; }

    /// <summary>Whether the file's numbers are in the order of this machine.</summary>
    public bool IsHostOrder => _isLittle == BitConverter.IsLittleEndian;

    /// <summary>Reads the list of fields.</summary>
    /// <param name="file">The open file; it has to stay open while fields are asked for.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="DamagedPictureException">It is no TIFF, or ends within its directory.</exception>
    public static TiffDirectory Read(SafeFileHandle file, string path)
    {
        try
        {
            return new TiffDirectory(file, path);
        }
        catch (OverflowException)
        {
            throw new DamagedPictureException(path, "is damaged: its directory lies beyond any file");
        }
    }

    /// <summary>A field; null where the file has none, or one of a kind that is not known.</summary>
    /// <exception cref="DamagedPictureException">The file ends within it.</exception>
    public TiffField? Field(int tag)
    {
        if (!_entries.TryGetValue(tag, out var entry)) return null;
        var width = TiffField.WidthOf(entry.Type);
        if (width == 0) return null;
        if (entry.Count > (ulong)FileLength) throw Damaged($"is cut off: the values of field {tag} are missing");
        var length = checked((int)(entry.Count * (ulong)width));
        var bytes = length <= entry.Value.Length ? entry.Value[..length] : At(checked((long)Unsigned(entry.Value, entry.Value.Length)), length);
        return new TiffField(tag, entry.Type, InLittleOrder(bytes, TiffField.SwapWidthOf(entry.Type)));
    }

    /// <summary>The first value of a field, or what holds where the file is silent.</summary>
    public long Number(int tag, long silent) => Field(tag) is { Count: > 0 } field ? checked((long)field.Number(0)) : silent;

    public DamagedPictureException Damaged(string reason) => new(Path, reason);

    private void ReadEntries(long directory)
    {
        var (countWidth, entryWidth) = IsBig ? (8, 20) : (2, 12);
        var count = Unsigned(At(directory, countWidth), countWidth);
        if (count is 0 or > MaximumFields) throw Damaged($"is damaged: its directory claims {count} fields");
        var entries = At(directory + countWidth, (int)count * entryWidth);
        for (var at = 0; at < entries.Length; at += entryWidth)
        {
            var entry = entries.AsSpan(at, entryWidth);
            var values = IsBig ? Unsigned(entry[4..], 8) : Unsigned(entry[4..], 4);
            _entries[(int)Unsigned(entry, 2)] = new Entry((TiffFieldType)Unsigned(entry[2..], 2), values, entry[(IsBig ? 12 : 8)..].ToArray());
        }
    }

    private byte[] At(long offset, int length)
    {
        if (offset < 0 || offset > FileLength - length) throw Damaged(FileLength == 0 ? "is empty" : "is cut off: the end of its directory is missing");
        var bytes = new byte[length];
        var read = 0;
        while (read < length)
        {
            var more = RandomAccess.Read(_file, bytes.AsSpan(read), offset + read);
            if (more == 0) throw Damaged("became shorter while it was read");
            read += more;
        }

        return bytes;
    }

    private ulong Unsigned(ReadOnlySpan<byte> bytes, int width) => (width, _isLittle) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };

    private byte[] InLittleOrder(byte[] bytes, int width)
    {
        if (_isLittle || width == 1) return bytes;
        for (var at = 0; at + width <= bytes.Length; at += width) bytes.AsSpan(at, width).Reverse();
        return bytes;
    }
}
