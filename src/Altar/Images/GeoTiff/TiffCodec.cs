using System.Collections.Concurrent;
using BitMiracle.LibTiff.Classic;

namespace Altar.Images.GeoTiff;

/// <summary>Decodes compressed strips and tiles by LibTiff, with as many readers of the file as there are threads.</summary>
internal sealed class TiffCodec(TiffDirectory directory, TiffLayout layout) : IDisposable
{
    private static readonly Lazy<bool> Silenced = new(() =>
    {
        Tiff.SetErrorHandler(new SilentTiffErrors());
        return true;
    });

    private readonly ConcurrentBag<Tiff> _idle = [];
    private readonly Lock _rows = new();
    private Tiff? _rowReader;
    private (int Strip, int Row) _next = (-1, 0);

    /// <summary>Decodes a whole strip or tile, by its number among the file's.</summary>
    public void ReadBlock(byte[] bytes, int index, int row)
    {
        var tiff = _idle.TryTake(out var idle) ? idle : Open();
        Attempt(row, () => layout.IsTiled
            ? tiff.ReadEncodedTile(index, bytes, 0, bytes.Length) >= bytes.Length
            : tiff.ReadEncodedStrip(index, bytes, 0, bytes.Length) >= bytes.Length);
        _idle.Add(tiff);   // not after a failure: its state is unknown
    }

    /// <summary>Decodes some rows of a large strip: quick when rows are asked for from top to bottom, else from the strip's start again.</summary>
    public void ReadRows(byte[] bytes, int first, int count, int plane)
    {
        lock (_rows)
        {
            var row = new byte[layout.RowBytes(layout.Size.Width)];
            for (var y = first; y < first + count; y++)
            {
                SkipTo(row, y, plane);
                row.CopyTo(bytes, (y - first) * row.Length);
            }
        }
    }

    public void Dispose()
    {
        foreach (var tiff in _idle) tiff.Dispose();
        _rowReader?.Dispose();
    }

    // LibTiff cannot skip rows of compressed data: those before must be decoded.
    private void SkipTo(byte[] row, int y, int plane)
    {
        _rowReader ??= Open();
        var down = TiffStorage.Parts(layout.Size.Height, layout.Stored.Height);
        var strip = (plane * down) + (y / layout.Stored.Height);
        var from = _next.Strip == strip && _next.Row <= y ? _next.Row : y / layout.Stored.Height * layout.Stored.Height;
        _next = (-1, 0);
        for (var at = from; at <= y; at++) Attempt(at, () => _rowReader.ReadScanline(row, at, (short)plane));
        _next = (strip, y + 1);
    }

    private void Attempt(int row, Func<bool> decode)
    {
        Exception? cause = null;
        try
        {
            if (decode()) return;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            cause = error;   // a port from C: damaged data end it in whichever exception comes first
        }

        throw directory.Damaged($"is damaged: its data from row {row} on cannot be decoded{(cause is IOException ? $" ({cause.Message})" : "")}");
    }

    private Tiff Open()
    {
        _ = Silenced.Value;
        var stream = new FileStream(directory.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Tiff? tiff = null;
        try
        {
            tiff = Tiff.ClientOpen(directory.Path, "rc", stream, new TiffStream());   // c: strips as the file has them
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Told below.
        }

        if (tiff is null)
        {
            stream.Dispose();
            throw directory.Damaged("is damaged: its directory cannot be read");
        }

        if (layout.IsJpeg && layout.Colors == TiffColors.YCbCr) tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        return tiff;
    }
}
