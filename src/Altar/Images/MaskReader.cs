using Altar.Tensors;

namespace Altar.Images;

/// <summary>Reads pictures whose pixels are numbers rather than colours.</summary>
public static class MaskReader
{
    /// <summary>The numbers as they are stored: grey levels, and of a PNG or GIF with a palette the indices into it.</summary>
    /// <remarks>
    /// Grey PNGs of 1, 2 and 4 bits give 0 to 1, 3 and 15. OpenCV would give colours for indices, and stretch the grey levels to 255;
    /// therefore both are decoded here. In an interlaced PNG or a WebP a grey level is read from the colours.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="maximumPixels">Pixels above which a mask is refused before it is decoded. Default 200 million.</param>
    /// <exception cref="DamagedPictureException">The file is no picture, is cut off, or is larger than the limit.</exception>
    /// <exception cref="BadInputException">A pixel has a colour.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Mask ReadNumbers(string path, long maximumPixels = 200_000_000)
    {
        var file = File.ReadAllBytes(path);
        if (GifDecoder.Understands(file)) return GifDecoder.Decode(path, file, maximumPixels);
        if (!PngNumbers.Understands(file)) return Grey(path, RasterReader.Read(path, new ReadOptions { MaximumPixels = maximumPixels }));
        var size = RasterReader.ReadHeader(path).Size;
        if (size.Area > maximumPixels) throw new DamagedPictureException(path, $"its header claims {size.Width}x{size.Height} pixels, above the limit of {maximumPixels / 1e6:0.###} million");
        if (PngNumbers.IsInterlaced(file)) throw new BadInputException($"{path}: the mask is an interlaced PNG with a palette, whose indices are not read. Save it anew without interlacing.");
        return PngNumbers.Decode(file, size) ?? throw new DamagedPictureException(path, "is cut off, or its Png data cannot be decoded");
    }

    /// <summary>Size of a mask, without decoding it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DamagedPictureException">The file is no picture, or ends within its header.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PixelSize ReadSize(string path)
    {
        Span<byte> start = stackalloc byte[GifDecoder.HeaderBytes];
        using (var file = File.OpenHandle(path))
        {
            var length = RandomAccess.Read(file, start, 0);
            if (GifDecoder.Understands(start[..length])) return GifDecoder.ReadSize(path, start[..length]);
        }

        return RasterReader.ReadHeader(path).Size;
    }

    /// <summary>The numbers of a part of a TIFF; of one with a palette the indices into it.</summary>
    /// <param name="windows">The TIFF: one band of 8 bits, or grey in several.</param>
    /// <param name="part">Which part, within it.</param>
    /// <exception cref="DamagedPictureException">The data cannot be decoded.</exception>
    /// <exception cref="BadInputException">A pixel has a colour.</exception>
    public static Mask ReadNumbers(RasterWindows windows, PixelBox part)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Bands is 2 or > 4) throw new BadInputException($"{windows.Path}: the mask has {windows.Bands} bands; a mask has one of 8 bits. Keep the band that holds it: gdal_translate -b 1.");
        if (windows is not { Bands: 1, BitsPerSample: 8 }) return Grey(windows.Path, windows.Read(part));
        var mask = new Mask(part.Size);
        var numbers = windows.ReadBands(part);
        for (var i = 0; i < numbers.Length; i++) mask.Values[i] = (byte)MathF.Round(numbers[i] * 255);
        return mask;
    }

    private static Mask Grey(string path, Raster picture)
    {
        var mask = new Mask(picture.Size);
        var (from, to) = (picture.Pixels, mask.Values);
        for (var i = 0; i < to.Length; i++)
        {
            var (r, g, b) = (from[i * 3], from[(i * 3) + 1], from[(i * 3) + 2]);
            if (r != g || g != b) throw new BadInputException($"{path}: the mask has the colour #{r:x2}{g:x2}{b:x2} at column {i % mask.Size.Width}, row {i / mask.Size.Width}, where numbers are expected. Write data.mask_kind=color with data.colors, or save the mask in grey or with a palette.");
            to[i] = r;
        }

        return mask;
    }
}
