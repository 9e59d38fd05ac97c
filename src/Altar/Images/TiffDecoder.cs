using System.Runtime.InteropServices;
using Altar.Images.GeoTiff;
using BitMiracle.LibTiff.Classic;
using OpenCvSharp;

namespace Altar.Images;

/// <summary>Decodes the first page of a TIFF of any colour model and 1 to 16 bits.</summary>
/// <remarks>By LibTiff rather than OpenCV: it knows more colour models, and leaves the turn to us.</remarks>
internal static class TiffDecoder
{
    private static readonly Lazy<TiffErrorHandler> Silent = new(() => new SilentTiffErrors());

    /// <summary>Keeps LibTiff from writing to the console.</summary>
    public static void Silence() => _ = Tiff.SetErrorHandler(Silent.Value);

    /// <returns>Null when the data cannot be decoded.</returns>
    public static Raster? Decode(byte[] file, PictureHeader header)
    {
        Silence();
        try
        {
            using var stream = new MemoryStream(file, writable: false);
            using var tiff = Tiff.ClientOpen("memory", "r", stream, new TiffStream());
            if (tiff is null) return null;
            var pixels = new int[checked(header.Stored.Width * header.Stored.Height)];
            return Fill(tiff, pixels, header) ? Upright(pixels, header) : null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A port from C: damaged data end it in whichever exception comes first.
            return null;
        }
    }

    private static bool Fill(Tiff tiff, int[] pixels, PictureHeader header)
    {
        var (width, height) = (header.Stored.Width, header.Stored.Height);
        if (Number(tiff, TiffTag.PHOTOMETRIC) == (int)Photometric.SEPARATED && Number(tiff, TiffTag.BITSPERSAMPLE) == 16)
        {
            return FillFromCmyk16(tiff, pixels, width, height);
        }

        // Asking for the stored corner as the origin keeps LibTiff from turning: the turn is made in one place for all formats.
        return tiff.ReadRGBAImageOriented(width, height, pixels, (Orientation)(int)header.Turn, stopOnError: true);
    }

    private static int Number(Tiff tiff, TiffTag tag) => tiff.GetFieldDefaulted(tag)?[0].ToInt() ?? 0;

    private static bool FillFromCmyk16(Tiff tiff, int[] pixels, int width, int height)
    {
        var samples = Number(tiff, TiffTag.SAMPLESPERPIXEL);
        var row = new byte[tiff.ScanlineSize()];
        if (samples < 4 || row.Length < width * samples * 2) return false;
        for (var y = 0; y < height; y++)
        {
            if (!tiff.ReadScanline(row, y)) return false;
            var values = MemoryMarshal.Cast<byte, ushort>(row);
            for (var x = 0; x < width; x++) pixels[(y * width) + x] = ToRgb(values.Slice(x * samples, 4));
        }

        return true;
    }

    // Light is what cyan and black let through, and so on; R in the lowest byte, as LibTiff packs it.
    private static int ToRgb(ReadOnlySpan<ushort> cmyk)
    {
        var light = 255.0 * (ushort.MaxValue - cmyk[3]) / ushort.MaxValue / ushort.MaxValue;
        var (r, g, b) = (Through(cmyk[0]), Through(cmyk[1]), Through(cmyk[2]));
        return r | (g << 8) | (b << 16);

        int Through(ushort ink) => (int)Math.Round(light * (ushort.MaxValue - ink));
    }

    private static Raster Upright(int[] pixels, PictureHeader header)
    {
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using var picture = Mat.FromPixelData(header.Stored.Height, header.Stored.Width, MatType.CV_8UC4, pinned.AddrOfPinnedObject());
            return PictureDecoder.Upright(picture, header.Turn, ColorConversionCodes.RGBA2RGB);
        }
        finally
        {
            pinned.Free();
        }
    }
}
