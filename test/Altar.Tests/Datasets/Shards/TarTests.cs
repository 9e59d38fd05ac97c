using System.Formats.Tar;
using System.Text;
using Altar.Datasets.Shards.Tar;

namespace Altar.Tests.Datasets.Shards;

public class TarTests
{
    /// <summary>An archive in memory.</summary>
    internal sealed class Bytes(byte[] bytes) : IForwardStream
    {
        private long _place;

        public int ReadUpTo(Span<byte> destination)
        {
            var count = (int)Math.Max(0, Math.Min(destination.Length, bytes.Length - _place));
            bytes.AsSpan((int)Math.Min(_place, bytes.Length), count).CopyTo(destination);
            _place += count;
            return count;
        }

        public void Skip(long count) => _place += count;

        public void Dispose()
        {
        }
    }

    private static byte[] Written(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using var tar = new Altar.Datasets.Shards.Tar.TarFile(stream);
        foreach (var (name, text) in files) tar.Add(name, Encoding.UTF8.GetBytes(text));
        tar.End();
        return stream.ToArray();
    }

    private static byte[] WrittenByDotNet(TarEntryFormat format, params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                TarEntry entry = format == TarEntryFormat.Pax ? new PaxTarEntry(TarEntryType.RegularFile, name) : new GnuTarEntry(TarEntryType.RegularFile, name);
                entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                tar.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    private static List<(string, string)> Read(byte[] archive)
    {
        var entries = new TarEntries(new Bytes(archive));
        var files = new List<(string, string)>();
        while (entries.Next()) files.Add((entries.Name, Encoding.UTF8.GetString(entries.Read())));
        return files;
    }

    private static string ErrorOf(byte[] archive) => Assert.Throws<InvalidDataException>(() => Read(archive)).Message;

    [Fact]
    public void What_is_written_is_read_by_others()
    {
        using var tar = new TarReader(new MemoryStream(Written(("a.jpg", "12345"), ("a.json", "{}"))));

        Assert.Equal("a.jpg", tar.GetNextEntry()!.Name);
        var second = tar.GetNextEntry(copyData: true)!;
        Assert.Equal(("a.json", 2L, DateTimeOffset.UnixEpoch), (second.Name, second.Length, second.ModificationTime));
        Assert.Null(tar.GetNextEntry());
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void What_others_write_is_read_with_its_long_names(TarEntryFormat format)
    {
        (string, string)[] files = [("short.jpg", "one"), ($"{new string('d', 120)}/{new string('n', 90)}.jpg", "two"), ("./ünï.json", new string('x', 1500))];

        Assert.Equal([files[0], files[1], ("ünï.json", files[2].Item2)], Read(WrittenByDotNet(format, files)));
    }

    [Fact]
    public void The_same_files_give_the_same_bytes() => Assert.Equal(Written(("a", "1"), ("b", "2")), Written(("a", "1"), ("b", "2")));

    [Fact]
    public void Files_are_padded_to_blocks_and_the_end_is_two_of_them() =>
        Assert.Equal((512 + 512) + 512 + (512 + 1024) + 1024, Written(("a", "1"), ("empty", ""), ("b", new string('x', 513))).Length);

    [Fact]
    public void A_file_that_is_not_read_is_passed_over()
    {
        var entries = new TarEntries(new Bytes(Written(("a", new string('x', 700)), ("b", "2"))));

        Assert.True(entries.Next());
        Assert.True(entries.Next());
        Assert.Equal("2", Encoding.UTF8.GetString(entries.Read()));
    }

    [Theory]
    [InlineData(0, "without the blocks that end a tar file: it is cut")]
    [InlineData(100, "ends within its first header: it is cut")]
    [InlineData(600, "ends in the middle of a.jpg: it is cut")]
    [InlineData(1024, "without the blocks that end a tar file: it is cut")]
    [InlineData(1100, "ends in the middle of a.jpg: it is cut")]
    public void A_cut_archive_says_where(int length, string expected) =>
        Assert.Contains(expected, ErrorOf(Written(("a.jpg", new string('x', 500)), ("a.json", "{}"))[..length]), StringComparison.Ordinal);

    [Fact]
    public void A_changed_header_is_found_by_its_checksum()
    {
        var archive = Written(("a.jpg", "1"));
        archive[0] = (byte)'b';

        Assert.Contains("wrong checksum", ErrorOf(archive), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../a.jpg")]
    [InlineData("a/../../b.jpg")]
    [InlineData("/etc/a.jpg")]
    [InlineData("..\\a.jpg")]
    public void A_path_that_leaves_its_folder_is_refused(string name) =>
        Assert.Contains($"'{name}', a path that leaves its folder", ErrorOf(Written((name, "1"))), StringComparison.Ordinal);

    [Fact]
    public void A_file_of_absurd_length_is_refused_before_memory_is_taken()
    {
        var header = new byte[512];
        TarHeader.Write(header, "a.jpg", 5L << 30);

        Assert.Contains("the limit is", ErrorOf(header), StringComparison.Ordinal);
    }
}
