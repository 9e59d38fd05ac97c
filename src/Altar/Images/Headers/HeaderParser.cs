using System.Text;

namespace Altar.Images.Headers;

/// <summary>Finds format, size and turn in the first bytes of a file.</summary>
internal static class HeaderParser
{
    /// <returns>Null when <paramref name="file"/> ends before the header does.</returns>
    /// <exception cref="InvalidDataException">The bytes are no header; the message is the reason.</exception>
    public static PictureHeader? Parse(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty) throw new InvalidDataException("is empty");
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return JpegHeader.Parse(file);
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return PngHeader.Parse(file);
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8)) return WebPHeader.Parse(file);
        if (file.StartsWith("BM"u8) && file.Length >= 18 && file[14] is >= 12 and <= 124) return BmpHeader.Parse(file);
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)) return TiffHeader.Parse(file);
        throw new InvalidDataException($"is no JPEG, PNG, WebP, BMP or TIFF; it begins with {Describe(file)}");
    }

    public static PixelSize Size(long width, long height) => width is >= 1 and <= int.MaxValue && height is >= 1 and <= int.MaxValue
        ? new PixelSize((int)width, (int)height)
        : throw new InvalidDataException($"has a header that claims {width}x{height} pixels");

    private static string Describe(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(file.Length, 12)];
        foreach (var value in start)
        {
            if (value is < 0x20 or > 0x7E) return "the bytes " + Convert.ToHexString(start);
        }

        return $"the text \"{Encoding.ASCII.GetString(start)}\"";
    }
}
