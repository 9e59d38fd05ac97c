using System.IO.Compression;
using System.Runtime.InteropServices;
using Altar.Tensors;

namespace Altar.Images.GeoTiff;

/// <summary>Writes a raster row after row: tiles, Deflate, BigTIFF where it is needed. Holds one row of tiles, whatever the raster's height.</summary>
public sealed class GeoTiffWriter
{
    private readonly Stream _stream;
    private readonly GeoTiffForm _form;
    private readonly byte[] _rows;                 // the rows of the tiles in work
    private readonly List<ulong> _offsets = [], _lengths = [];
    private int _filled;                           // bytes of _rows
    private int _done;                             // rows given

    internal GeoTiffWriter(Stream stream, GeoTiffForm form)
    {
        (_stream, _form) = (stream, form.Validated());
        _rows = new byte[checked(form.Size.Width * form.PixelBytes * form.TilePixels)];
        TiffFields.WriteHeader(stream, form.NeedsBig, directory: 0);
    }

    /// <summary>Writes a whole file, or nothing: beside <paramref name="path"/> under a temporary name that is renamed at the end.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="form">Size, samples, further fields.</param>
    /// <param name="fill">Gives every row by <see cref="WriteRows(ReadOnlySpan{byte})"/>.</param>
    /// <exception cref="IOException">The file cannot be written, e.g. because the disk is full; no part of it is left.</exception>
    public static void Write(string path, GeoTiffForm form, Action<GeoTiffWriter> fill) => Write(path, form, fill, file => file);

    internal static void Write(string path, GeoTiffForm form, Action<GeoTiffWriter> fill, Func<Stream, Stream> through)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(fill);
        AtomicFile.Write(path, file =>
        {
            using var buffered = new BufferedStream(new WrittenFile(through(file), path), 1 << 20);
            var writer = new GeoTiffWriter(buffered, form);
            fill(writer);
            writer.Finish();
        });
    }

    /// <summary>Gives the next rows.</summary>
    /// <param name="samples">Whole rows from the left, the bands of a pixel together.</param>
    public void WriteRows(ReadOnlySpan<byte> samples)
    {
        var rowBytes = _form.Size.Width * _form.PixelBytes;
        if (samples.Length % rowBytes != 0) throw new ArgumentException($"{samples.Length} bytes are no whole rows of {rowBytes}.", nameof(samples));
        _done += samples.Length / rowBytes;
        if (_done > _form.Size.Height) throw new ArgumentException($"More than the {_form.Size.Height} rows were given.", nameof(samples));
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _rows.Length - _filled);
            samples[..count].CopyTo(_rows.AsSpan(_filled));
            _filled += count;
            samples = samples[count..];
            if (_filled == _rows.Length) WriteTiles();
        }
    }

    /// <summary>Gives the next rows of floats.</summary>
    /// <param name="samples">Whole rows from the left, the bands of a pixel together.</param>
    public void WriteRows(ReadOnlySpan<float> samples) => WriteRows(MemoryMarshal.AsBytes(samples));

    /// <summary>Writes the last tiles and the directory.</summary>
    internal void Finish()
    {
        if (_done != _form.Size.Height) throw new InvalidOperationException($"{_done} of {_form.Size.Height} rows were given.");
        if (_filled > 0) WriteTiles();
        if (_stream.Position % 2 != 0) _stream.WriteByte(0);   // a directory begins at an even place
        var directory = (ulong)_stream.Position;
        TiffFields.Write(_stream, [.. OwnFields(), .. _form.Fields], _form.NeedsBig);
        _stream.Position = 0;
        TiffFields.WriteHeader(_stream, _form.NeedsBig, directory);
        _stream.Flush();
    }

    private void WriteTiles()
    {
        var (side, pixel) = (_form.TilePixels, _form.PixelBytes);
        var rowBytes = _form.Size.Width * pixel;
        var rows = _filled / rowBytes;
        var tile = new byte[side * side * pixel];
        for (var x = 0; x < _form.Size.Width; x += side)
        {
            Array.Clear(tile);
            var width = Math.Min(side, _form.Size.Width - x) * pixel;
            for (var y = 0; y < rows; y++) _rows.AsSpan((y * rowBytes) + (x * pixel), width).CopyTo(tile.AsSpan(y * side * pixel));
            var start = _stream.Position;
            using (var deflate = new ZLibStream(_stream, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(tile);
            _offsets.Add((ulong)start);
            _lengths.Add((ulong)(_stream.Position - start));
        }

        _filled = 0;
    }

    private IEnumerable<TiffField> OwnFields()
    {
        const int AdobeDeflate = 8, BlackIsZero = 1, Together = 1, Float = 3, Unsigned = 1;
        var bits = _form.IsFloat ? 32 : 8;
        yield return TiffField.Longs(TiffTags.Width, (ulong)_form.Size.Width);
        yield return TiffField.Longs(TiffTags.Height, (ulong)_form.Size.Height);
        yield return TiffField.Shorts(TiffTags.BitsPerSample, [.. Enumerable.Repeat(bits, _form.Bands)]);
        yield return TiffField.Shorts(TiffTags.Compression, AdobeDeflate);
        yield return TiffField.Shorts(TiffTags.Photometric, BlackIsZero);
        yield return TiffField.Shorts(TiffTags.SamplesPerPixel, _form.Bands);
        yield return TiffField.Shorts(TiffTags.PlanarConfiguration, Together);
        yield return TiffField.Shorts(TiffTags.TileWidth, _form.TilePixels);
        yield return TiffField.Shorts(TiffTags.TileLength, _form.TilePixels);
        yield return _form.NeedsBig ? TiffField.Long8s(TiffTags.TileOffsets, [.. _offsets]) : TiffField.Longs(TiffTags.TileOffsets, [.. _offsets]);
        yield return TiffField.Longs(TiffTags.TileByteCounts, [.. _lengths]);
        yield return TiffField.Shorts(TiffTags.SampleFormat, [.. Enumerable.Repeat(_form.IsFloat ? Float : Unsigned, _form.Bands)]);
        if (_form.Bands > 1) yield return TiffField.Shorts(TiffTags.ExtraSamples, new int[_form.Bands - 1]);
    }
}
