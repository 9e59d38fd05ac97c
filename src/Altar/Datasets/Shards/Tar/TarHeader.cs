using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Altar.Datasets.Shards.Tar;

/// <summary>The 512 bytes before each file of a tar archive (POSIX.1-1988 ustar, with GNU's long numbers).</summary>
/// <param name="Name">Path within the archive.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="Kind">'0' a file, '5' a folder, 'L' and 'x' the next file's long name, others.</param>
internal readonly record struct TarHeader(string Name, long Length, char Kind)
{
    /// <summary>Archives consist of blocks of this size.</summary>
    public const int Block = 512;

    private const int NameLength = 100, ChecksumStart = 148, ChecksumLength = 8;

    public bool IsFile => Kind is '0' or '\0' or '7';

    /// <summary>The file's bytes and the zeros behind them.</summary>
    public long Padded => checked((Length + Block - 1) / Block * Block);

    /// <summary>Reads a header.</summary>
    /// <param name="block">512 bytes.</param>
    /// <returns>Null for a block of zeros, which ends an archive.</returns>
    /// <exception cref="InvalidDataException">The checksum or a number is wrong; the message ends a sentence that begins with the place.</exception>
    public static TarHeader? Parse(ReadOnlySpan<byte> block)
    {
        if (!block.ContainsAnyExcept((byte)0)) return null;
        if (Number(block.Slice(ChecksumStart, ChecksumLength)) != Checksum(block)) throw new InvalidDataException("has a header with a wrong checksum: its bytes were changed, or it is no tar file");
        var name = Text(block[..NameLength]);
        if (block.Slice(257, 5).SequenceEqual("ustar"u8) && Text(block.Slice(345, 155)) is { Length: > 0 } prefix) name = $"{prefix}/{name}";
        return new TarHeader(name, Number(block.Slice(124, 12)), (char)block[156]);
    }

    /// <summary>Writes the header of a file that anybody may read, with no time and no owner: the same for the same file.</summary>
    /// <exception cref="ArgumentException">The name has more than 100 bytes.</exception>
    public static void Write(Span<byte> block, string name, long length)
    {
        block.Clear();
        var written = Encoding.UTF8.GetBytes(name);
        if (written.Length > NameLength) throw new ArgumentException($"'{name}' is too long for a tar header.", nameof(name));
        written.CopyTo(block);
        Octal(block.Slice(100, 8), 0b110_100_100);   // rw-r--r--
        Octal(block.Slice(108, 8), 0);
        Octal(block.Slice(116, 8), 0);
        Octal(block.Slice(124, 12), length);
        Octal(block.Slice(136, 12), 0);
        block[156] = (byte)'0';
        "ustar\00000"u8.CopyTo(block[257..]);
        Octal(block.Slice(ChecksumStart, 7), Checksum(block));
        block[ChecksumStart + 7] = (byte)' ';
    }

    private static void Octal(Span<byte> field, long number) =>
        Encoding.ASCII.GetBytes(Convert.ToString(number, 8).PadLeft(field.Length - 1, '0'), field);

    // The checksum's own field counts as spaces.
    private static long Checksum(ReadOnlySpan<byte> block)
    {
        long sum = ChecksumLength * ' ';
        for (var i = 0; i < Block; i++)
        {
            if (i is < ChecksumStart or >= ChecksumStart + ChecksumLength) sum += block[i];
        }

        return sum;
    }

    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0) return Binary(field);
        long number = 0;
        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7' || number > long.MaxValue >> 4) throw Wrong(field);
            number = (number * 8) + (digit - '0');
        }

        return number;
    }

    // GNU: numbers above 8 GiB are binary, with the highest bit set.
    private static long Binary(ReadOnlySpan<byte> field)
    {
        var number = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        return field.Length > 8 && number >= 0 && !field[1..^8].ContainsAnyExcept((byte)0) ? number : throw Wrong(field);
    }

    private static InvalidDataException Wrong(ReadOnlySpan<byte> field) =>
        new(string.Create(CultureInfo.InvariantCulture, $"has a header with a wrong number ({Encoding.Latin1.GetString(field).Trim('\0')})"));

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
