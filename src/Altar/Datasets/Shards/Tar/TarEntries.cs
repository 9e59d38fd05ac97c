using System.Globalization;
using System.Text;

namespace Altar.Datasets.Shards.Tar;

/// <summary>The files of a tar archive one after the other: ustar, GNU long names, pax names and lengths.</summary>
/// <remarks>Errors are <see cref="InvalidDataException"/>, whose message ends a sentence that begins with the archive's name.</remarks>
/// <param name="stream">The archive, from its start or from the start of any header.</param>
internal sealed class TarEntries(IForwardStream stream)
{
    private const int LongestName = 1 << 16;
    private const long LongestFile = 1 << 30;
    private readonly byte[] _block = new byte[TarHeader.Block];
    private TarHeader _current;
    private long _left;   // bytes of the current file and its padding that were not read

    /// <summary>Goes to the next file, over what was not read of this one.</summary>
    /// <returns>False at the end of the archive.</returns>
    public bool Next()
    {
        string? longName = null;
        long? longLength = null;
        while (true)
        {
            stream.Skip(_left);
            _left = 0;
            if (ReadHeader() is not { } header) return false;
            (_current, _left) = (header, header.Padded);
            if (header.Kind is 'L') longName = Encoding.UTF8.GetString(ReadSmall()).TrimEnd('\0');
            else if (header.Kind is 'x') ReadPax(ReadSmall(), ref longName, ref longLength);
            else if (header.IsFile)
            {
                _current = header with { Name = Safe(longName ?? header.Name), Length = longLength ?? header.Length };
                _left = _current.Padded;
                return true;
            }
            else (longName, longLength) = (null, null);   // a folder, a link: nothing to read
        }
    }

    /// <summary>The file's path within the archive; it never leaves its folder.</summary>
    public string Name => _current.Name;

    /// <summary>Bytes of the file.</summary>
    public long Length => _current.Length;

    /// <summary>Reads the file; once.</summary>
    public byte[] Read()
    {
        if (_current.Length > LongestFile) throw new InvalidDataException($"holds {_current.Name} of {_current.Length} bytes; the limit is {LongestFile}");
        var file = new byte[_current.Length];
        ReadExactly(file);
        _left -= file.Length;
        return file;
    }

    private byte[] ReadSmall() => _current.Length <= LongestName
        ? Read()
        : throw new InvalidDataException($"has a name of {_current.Length} bytes");

    private TarHeader? ReadHeader()
    {
        var length = stream.ReadUpTo(_block);
        if (length == 0) throw new InvalidDataException("ends without the blocks that end a tar file: it is cut");
        if (length < _block.Length) throw Cut();
        return TarHeader.Parse(_block);
    }

    private void ReadExactly(Span<byte> bytes)
    {
        if (stream.ReadUpTo(bytes) < bytes.Length) throw Cut();
    }

    private InvalidDataException Cut() => new(_current.Name is { Length: > 0 } name ? $"ends in the middle of {name}: it is cut" : "ends within its first header: it is cut");

    private static string Safe(string name)
    {
        if (name.StartsWith('/') || name.Contains('\\') || name.Split('/').Contains(".."))
            throw new InvalidDataException($"holds '{name}', a path that leaves its folder");
        return name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
    }

    // Records of "length key=value\n"; the length counts itself.
    private static void ReadPax(ReadOnlySpan<byte> records, ref string? name, ref long? length)
    {
        while (!records.IsEmpty)
        {
            var space = records.IndexOf((byte)' ');
            if (space < 0 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size <= space + 1 || size > records.Length)
                throw new InvalidDataException("has a pax header that cannot be read");
            var record = Encoding.UTF8.GetString(records[(space + 1)..(size - 1)]);
            if (record.StartsWith("path=", StringComparison.Ordinal)) name = record[5..];
            if (record.StartsWith("size=", StringComparison.Ordinal) && long.TryParse(record.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) length = number;
            records = records[size..];
        }
    }
}
