using Microsoft.Win32.SafeHandles;

namespace Altar.Images.GeoTiff;

/// <summary>Decodes single strips, tiles, or groups of rows of a TIFF. Safe to use from many threads.</summary>
internal sealed class TiffBlocks : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly TiffDirectory _directory;
    private readonly TiffStorage _storage;
    private readonly TiffCodec _codec;

    public TiffBlocks(SafeFileHandle file, string path)
    {
        _file = file;
        _directory = TiffDirectory.Read(file, path);
        Layout = TiffLayout.Read(_directory);
        _storage = new TiffStorage(_directory, Layout);
        _codec = new TiffCodec(_directory, Layout);
        Across = TiffStorage.Parts(Layout.Size.Width, Layout.Block.Width);
    }

    public TiffLayout Layout { get; }

    public TiffDirectory Directory => _directory;

    /// <summary>Blocks side by side.</summary>
    public int Across { get; }

    /// <summary>Decodes a block.</summary>
    /// <param name="block">Its number: from the left, then down.</param>
    /// <param name="plane">The band where bands are stored apart, else 0.</param>
    /// <returns>Rows of the block's full width; the last row of blocks may have fewer of them. Samples in this machine's byte order.</returns>
    /// <exception cref="DamagedPictureException">It cannot be decoded.</exception>
    public byte[] Read(int block, int plane)
    {
        var (column, row) = (block % Across, block / Across * Layout.Block.Height);
        var rows = Layout.IsTiled ? Layout.Block.Height : Math.Min(Layout.Block.Height, Layout.Size.Height - row);
        var bytes = GC.AllocateUninitializedArray<byte>(checked(Layout.RowBytes(Layout.Block.Width) * rows));
        if (!Layout.IsCompressed) ReadPlain(bytes, column, row, plane);
        else if (Layout.IsRowWise) _codec.ReadRows(bytes, row, rows, plane);
        else if (_storage.IsEmpty(StoredIndex(column, row, plane))) Array.Clear(bytes);
        else _codec.ReadBlock(bytes, StoredIndex(column, row, plane), row);
        return bytes;
    }

    public void Dispose()
    {
        _codec.Dispose();
        _file.Dispose();
    }

    private int StoredIndex(int column, int row, int plane)
    {
        var down = TiffStorage.Parts(Layout.Size.Height, Layout.Stored.Height);
        return (((plane * down) + (row / Layout.Stored.Height)) * Across) + column;
    }

    // Without a codec any rows can be read, however large the strip; a group of rows may begin in one strip and end in the next.
    private void ReadPlain(byte[] bytes, int column, int row, int plane)
    {
        var rowBytes = Layout.RowBytes(Layout.Block.Width);
        for (var done = 0; done * rowBytes < bytes.Length;)
        {
            var index = StoredIndex(column, row + done, plane);
            var within = (row + done) % Layout.Stored.Height;
            var rows = Math.Min((bytes.Length / rowBytes) - done, Layout.Stored.Height - within);
            var target = bytes.AsSpan(done * rowBytes, rows * rowBytes);
            var start = (long)within * rowBytes;
            if (_storage.IsEmpty(index)) target.Clear();
            else if (_storage.Length(index) < start + target.Length) throw _directory.Damaged($"is damaged: the data from row {row + done} on are shorter than {rows} rows");
            else Fill(target, _storage.Offset(index) + start);
            done += rows;
        }

        if (!_directory.IsHostOrder) Swap(bytes, Layout.SampleBytes);
    }

    private void Fill(Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(_file, target, offset);
            if (read == 0) throw _directory.Damaged("became shorter while it was read");
            target = target[read..];
            offset += read;
        }
    }

    private static void Swap(byte[] bytes, int width)
    {
        if (width == 1) return;
        for (var at = 0; at < bytes.Length; at += width) bytes.AsSpan(at, width).Reverse();
    }
}
