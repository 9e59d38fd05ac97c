using System.Runtime.InteropServices;
using Altar.Images.GeoTiff;
using Altar.Tensors;

namespace Altar.Images;

/// <summary>Reads windows of a TIFF or BigTIFF of any size without decoding the whole. Safe to use from many threads.</summary>
/// <remarks>
/// 8, 16 bits or 32-bit float; strips or tiles; bands together or apart; uncompressed, LZW, Deflate, JPEG, PackBits; the first page.
/// As RGB: grey becomes three equal channels, 16 bits become 8 by their upper byte, an alpha band is dropped, as <see cref="RasterReader"/> does.
/// </remarks>
public sealed class RasterWindows : IDisposable
{
    private const long OwnCache = 64 << 20;
    private const string OtherFile = "Write a file with three of them, e.g. gdal_translate -b 1 -b 2 -b 3.";
    private static long _opened;

    private readonly long _number = Interlocked.Increment(ref _opened);
    private readonly TiffBlocks _blocks;
    private readonly TiffLayout _layout;
    private readonly RasterBlockCache _cache;
    private readonly int[] _bands;              // from 0
    private readonly bool _areChosen;
    private readonly byte[]? _palette;          // R, G, B of each value

    private RasterWindows(string path, TiffBlocks blocks, RasterWindowOptions options)
    {
        (Path, _blocks, _layout, _cache) = (path, blocks, blocks.Layout, options.Cache ?? new RasterBlockCache(OwnCache));
        _areChosen = options.Bands is not null;
        _bands = ChosenBands(options.Bands);
        _palette = _layout.Colors == TiffColors.Palette ? Palette() : null;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Size of the whole raster.</summary>
    public PixelSize Size => _layout.Size;

    /// <summary>Bands in the file, alpha included.</summary>
    public int Bands => _layout.Samples;

    /// <summary>Bands that <see cref="ReadBands"/> gives: those that were chosen, else all.</summary>
    public int ReadableBands => _bands.Length;

    /// <summary>8, 16, or 32 (float).</summary>
    public int BitsPerSample => _layout.Bits;

    /// <summary>Size of the strips or tiles that are decoded at once.</summary>
    public PixelSize Block => _layout.Block;

    /// <summary>Bytes of decoded samples of a row over the whole width: what a cache needs for each row it shall hold.</summary>
    public long RowBytes => (long)Size.Width * _layout.Samples * _layout.SampleBytes;

    /// <summary>The file's fields.</summary>
    internal TiffDirectory Directory => _blocks.Directory;

    /// <summary>Opens a raster and checks that all its data are there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Bands and cache; null for the defaults.</param>
    /// <exception cref="DamagedPictureException">It is no TIFF, is damaged, or is cut off.</exception>
    /// <exception cref="BadInputException">It is coded in a way that is not read here, or has not the bands that were chosen.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RasterWindows Open(string path, RasterWindowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new RasterWindows(path, new TiffBlocks(file, path), options ?? new RasterWindowOptions());
        }
        catch (OverflowException)
        {
            file.Dispose();
            throw new DamagedPictureException(path, "is damaged: its sizes are beyond any memory");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Decodes a window as 8-bit RGB.</summary>
    /// <param name="window">The window, inside the raster.</param>
    /// <exception cref="BadInputException">The bands are no picture of three channels: not 1, 3, or 4 with alpha, and no three were chosen.</exception>
    /// <exception cref="DamagedPictureException">The data cannot be decoded.</exception>
    public Raster Read(PixelBox window)
    {
        Check(window);
        var bands = ColorBands();
        var raster = Raster.Uninitialized(window.Size);
        var isPlain = _layout is { Bits: 8, IsPlanar: false, Samples: 3, Colors: not TiffColors.WhiteIsZero } && bands is [0, 1, 2];
        foreach (var piece in Pieces(window))
        {
            if (isPlain) CopyRows(piece, window, raster);
            else if (_palette is not null) CopyPalette(piece, window, raster, _palette);
            else CopyBands(piece, window, raster, bands);
        }

        return raster;
    }

    /// <summary>Decodes a window of all bands, or of those that were chosen.</summary>
    /// <param name="window">The window, inside the raster.</param>
    /// <returns>The bands of the first pixel, then of the next to the right: 0..1 for 8 and 16 bits (value / 255 or / 65535), floats as they are.</returns>
    /// <exception cref="DamagedPictureException">The data cannot be decoded.</exception>
    public float[] ReadBands(PixelBox window)
    {
        Check(window);
        var values = new float[checked(window.Width * window.Height * _bands.Length)];
        foreach (var piece in Pieces(window))
        {
            for (var i = 0; i < _bands.Length; i++) CopyValues(piece, window, values, i);
        }

        return values;
    }

    /// <summary>Checks that <see cref="Read"/> can give RGB, before the first window is read.</summary>
    /// <param name="cure">A sentence on how to choose bands, for the message. Default: to write a file with three of them.</param>
    /// <exception cref="BadInputException">The bands are no picture of three channels.</exception>
    public void RequireColors(string cure = OtherFile) => ColorBands(cure);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _blocks.Dispose();

    // What a window and a block share, in the raster's pixels.
    private readonly record struct Piece(int Block, PixelBox Box, PixelBox BlockBox);

    private IEnumerable<Piece> Pieces(PixelBox window)
    {
        var (width, height) = (_layout.Block.Width, _layout.Block.Height);
        for (var y = window.Y / height; y * (long)height < window.Bottom; y++)
        {
            for (var x = window.X / width; x * (long)width < window.Right; x++)
            {
                // A last tile may reach beyond the largest int: only its start matters.
                var (left, top) = (x * width, y * height);
                var block = new PixelBox(left, top, Math.Min(width, int.MaxValue - left), Math.Min(height, int.MaxValue - top));
                yield return new Piece((y * _blocks.Across) + x, block.Intersect(window), block);
            }
        }
    }

    private byte[] Take(int block, int plane) => _cache.Take(new RasterBlockCache.Key(_number, block, plane), key => _blocks.Read(key.Block, key.Plane));

    private int RowStart(Piece piece, int y) =>
        ((y - piece.BlockBox.Y) * _layout.RowBytes(_layout.Block.Width)) + _layout.RowBytes(piece.Box.X - piece.BlockBox.X);

    private static Span<byte> Target(Raster raster, PixelBox window, Piece piece, int y) =>
        raster.Row(y - window.Y).Slice((piece.Box.X - window.X) * 3, piece.Box.Width * 3);

    private void CopyRows(Piece piece, PixelBox window, Raster raster)
    {
        var block = Take(piece.Block, 0);
        for (var y = piece.Box.Y; y < piece.Box.Bottom; y++)
            block.AsSpan(RowStart(piece, y), piece.Box.Width * 3).CopyTo(Target(raster, window, piece, y));
    }

    private void CopyPalette(Piece piece, PixelBox window, Raster raster, byte[] palette)
    {
        var block = Take(piece.Block, 0);
        for (var y = piece.Box.Y; y < piece.Box.Bottom; y++)
        {
            var from = block.AsSpan(RowStart(piece, y), piece.Box.Width);
            var to = Target(raster, window, piece, y);
            for (var x = 0; x < from.Length; x++) palette.AsSpan(from[x] * 3, 3).CopyTo(to[(x * 3)..]);
        }
    }

    private void CopyBands(Piece piece, PixelBox window, Raster raster, int[] bands)
    {
        var upper = _layout.SampleBytes == 2 && BitConverter.IsLittleEndian ? 1 : 0;
        var step = _layout.BlockSamples * _layout.SampleBytes;
        var flip = (byte)(_layout.Colors == TiffColors.WhiteIsZero ? 255 : 0);
        for (var channel = 0; channel < 3; channel++)
        {
            var block = Take(piece.Block, _layout.IsPlanar ? bands[channel] : 0);
            var first = ((_layout.IsPlanar ? 0 : bands[channel]) * _layout.SampleBytes) + upper;
            for (var y = piece.Box.Y; y < piece.Box.Bottom; y++)
            {
                var from = block.AsSpan(RowStart(piece, y) + first);
                var to = Target(raster, window, piece, y)[channel..];
                for (var x = 0; x < piece.Box.Width; x++) to[x * 3] = (byte)(from[x * step] ^ flip);
            }
        }
    }

    private void CopyValues(Piece piece, PixelBox window, float[] values, int channel)
    {
        var band = _bands[channel];
        var block = Take(piece.Block, _layout.IsPlanar ? band : 0);
        var first = _layout.IsPlanar ? 0 : band;
        for (var y = piece.Box.Y; y < piece.Box.Bottom; y++)
        {
            var from = block.AsSpan(RowStart(piece, y), _layout.RowBytes(piece.Box.Width));
            var to = values.AsSpan(((((y - window.Y) * window.Width) + piece.Box.X - window.X) * _bands.Length) + channel);
            for (var x = 0; x < piece.Box.Width; x++) to[x * _bands.Length] = Value(from, (x * _layout.BlockSamples) + first);
        }
    }

    private float Value(ReadOnlySpan<byte> samples, int index) => _layout.Bits switch
    {
        8 => samples[index] / 255f,
        16 => MemoryMarshal.Cast<byte, ushort>(samples)[index] / 65535f,
        _ => MemoryMarshal.Cast<byte, float>(samples)[index],
    };

    private int[] ColorBands(string cure = OtherFile)
    {
        if (_layout.IsFloat) throw new BadInputException($"{Path} has {Bands} bands of floats, but the network takes 8-bit RGB; scale it to bytes, e.g. with gdal_translate -ot Byte -scale.");
        if (_areChosen) return _bands.Length == 3 ? _bands : throw WrongBands($"{_bands.Length} bands were chosen of {Path}", cure);
        var alpha = _layout.ExtraSamples.Count > 0 && _layout.ExtraSamples[^1] is 1 or 2;
        return (Bands, _layout.Colors) switch
        {
            (1, not TiffColors.Rgb) => [0, 0, 0],
            (3, _) => [0, 1, 2],
            (4, TiffColors.Rgb) => [0, 1, 2],
            (4, _) when alpha => [0, 1, 2],
            _ => throw WrongBands($"{Path} has {Bands} bands", cure),
        };
    }

    private static BadInputException WrongBands(string found, string cure) =>
        new($"{found}, but the network takes 3 (red, green, blue; a fourth may be alpha). {cure}");

    private int[] ChosenBands(IReadOnlyList<int>? chosen)
    {
        if (chosen is null) return [.. Enumerable.Range(0, Bands)];
        foreach (var band in chosen)
        {
            if (band < 1 || band > Bands) throw new BadInputException($"{Path} has {Bands} bands, but band {band} was chosen; bands are counted from 1.");
        }

        return chosen.Count > 0 ? [.. chosen.Select(band => band - 1)] : throw new BadInputException($"{Path}: no band was chosen; name some, counted from 1.");
    }

    private byte[] Palette()
    {
        const int Values = 256;
        if (Directory.Field(TiffTags.ColorMap) is not { Count: >= Values * 3 } map) throw Directory.Damaged("is damaged: its palette is missing");
        var palette = new byte[Values * 3];
        for (var i = 0; i < palette.Length; i++) palette[(i % Values * 3) + (i / Values)] = (byte)((int)map.Number(i) >> 8);
        return palette;
    }

    private void Check(PixelBox window)
    {
        if (!window.LiesIn(Size)) throw new ArgumentOutOfRangeException(nameof(window), window, $"The window must lie in the raster of {Size.Width} by {Size.Height} pixels.");
    }
}
