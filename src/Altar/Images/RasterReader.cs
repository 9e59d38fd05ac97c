using Altar.Images.Headers;

namespace Altar.Images;

/// <summary>Reads JPEG, PNG, WebP, BMP and TIFF as 8-bit RGB, upright.</summary>
/// <remarks>
/// Grey becomes three equal channels; 16 bits become 8 by their upper byte; CMYK is taken as Adobe writes it into JPEG (inverted);
/// an alpha channel is dropped, as torchvision's loader does, so that published weights see the pixels they were trained on.
/// </remarks>
public static class RasterReader
{
    private const int HeaderBytes = 1 << 16;
    private static readonly ReadOptions Default = new();

    static RasterReader() => OpenCv.Prepare();

    /// <summary>Format, size and turn of a picture, without decoding it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DamagedPictureException">The file is no picture, or ends within its header.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PictureHeader ReadHeader(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var start = new byte[HeaderBytes];
        var length = RandomAccess.Read(file, start, 0);
        return length < start.Length
            ? Parse(path, start.AsSpan(0, length), isAll: true)!
            : Parse(path, start, isAll: false) ?? Parse(path, File.ReadAllBytes(path), isAll: true)!;
    }

    /// <summary>Format, size and turn of a picture that is in memory.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <exception cref="DamagedPictureException">It is no picture, or ends within its header.</exception>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> file, string path) => Parse(path, file, isAll: true)!;

    /// <summary>Decodes a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits and scale; null for the defaults.</param>
    /// <returns>The upright picture; with <see cref="ReadOptions.AtLeast"/> it may be 1/2, 1/4 or 1/8 of the size in its header.</returns>
    /// <exception cref="DamagedPictureException">The file is no picture, is cut off, or is larger than the limit.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Raster Read(string path, ReadOptions? options = null)
    {
        return Read(File.ReadAllBytes(path), path, options);
    }

    /// <summary>Decodes a picture that is in memory, e.g. from an archive.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <param name="options">Limits and scale; null for the defaults.</param>
    /// <returns>As <see cref="Read(string, ReadOptions?)"/>.</returns>
    /// <exception cref="DamagedPictureException">It is no picture, is cut off, or is larger than the limit.</exception>
    public static Raster Read(byte[] file, string path, ReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options = (options ?? Default).Validated();
        var header = Parse(path, file, isAll: true)!;
        if (header.Size.Area > options.MaximumPixels)
        {
            throw new DamagedPictureException(path, $"its header claims {header.Size.Width}x{header.Size.Height} pixels, above the limit of {options.MaximumPixels / 1e6:0.###} million (maximum_pixels)");
        }

        if (!IsWhole(file, header)) throw new DamagedPictureException(path, $"is cut off: the end of the {header.Format} data is missing");
        return PictureDecoder.Decode(file, header, Scale(header, options.AtLeast))
            ?? throw new DamagedPictureException(path, $"its {header.Format} data cannot be decoded");
    }

    /// <summary>The scale at which a picture may be decoded and still covers a size.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="atLeast">The size to cover; null for the whole picture.</param>
    /// <returns>1, 2, 4 or 8: the divisor of both sides.</returns>
    public static int Scale(PictureHeader header, PixelSize? atLeast)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Format != PictureFormat.Jpeg || atLeast is not { } least) return 1;
        var scale = 8;
        while (scale > 1 && (header.Size.Width < least.Width * (long)scale || header.Size.Height < least.Height * (long)scale)) scale /= 2;
        return scale;
    }

    private static PictureHeader? Parse(string path, ReadOnlySpan<byte> file, bool isAll)
    {
        try
        {
            var header = HeaderParser.Parse(file);
            return header is null && isAll ? throw new InvalidDataException("is cut off within its header") : header;
        }
        catch (InvalidDataException error)
        {
            throw new DamagedPictureException(path, error.Message);
        }
    }

    private static bool IsWhole(byte[] file, PictureHeader header)
    {
        try
        {
            return header.Format switch
            {
                PictureFormat.Jpeg => JpegHeader.IsWhole(file),
                PictureFormat.Png => PngHeader.IsWhole(file),
                PictureFormat.WebP => WebPHeader.IsWhole(file),
                PictureFormat.Bmp => BmpHeader.IsWhole(file, header.Stored),
                _ => true,
            };
        }
        catch (InvalidDataException)
        {
            return false;   // the way to the end is lost
        }
    }
}
