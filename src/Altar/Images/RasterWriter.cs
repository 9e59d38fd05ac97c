using System.Runtime.InteropServices;
using Altar.Tensors;
using OpenCvSharp;

namespace Altar.Images;

/// <summary>Writes pictures, whole or not at all.</summary>
public static class RasterWriter
{
    /// <summary>Writes a picture in the format of the file's ending: .jpg, .jpeg, .png, .webp, .bmp or .tif.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="raster">The picture.</param>
    /// <param name="quality">Quality of JPEG and WebP, 1 to 100. Default 95.</param>
    /// <exception cref="BadInputException">Another ending.</exception>
    public static void Write(string path, Raster raster, int quality = 95)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(raster);
        var bytes = Encode(path, raster, quality);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of a picture file.</summary>
    /// <param name="path">A name with the ending of the format, e.g. ".png".</param>
    /// <param name="raster">The picture.</param>
    /// <param name="quality">Quality of JPEG and WebP, 1 to 100. Default 95.</param>
    /// <exception cref="BadInputException">Another ending.</exception>
    public static byte[] Encode(string path, Raster raster, int quality = 95)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        var ending = Path.GetExtension(path).ToLowerInvariant();
        ImageEncodingParam[] parameters = ending switch
        {
            ".jpg" or ".jpeg" => [new ImageEncodingParam(ImwriteFlags.JpegQuality, quality)],
            ".webp" => [new ImageEncodingParam(ImwriteFlags.WebPQuality, quality)],
            ".png" or ".bmp" or ".tif" or ".tiff" => [],
            _ => throw new BadInputException($"{path}: pictures are not written as '{ending}'; use .jpg, .png, .webp, .bmp or .tif."),
        };
        return Encode(ending, raster, parameters);
    }

    private static byte[] Encode(string ending, Raster raster, ImageEncodingParam[] parameters)
    {
        var pinned = GCHandle.Alloc(raster.Pixels, GCHandleType.Pinned);
        try
        {
            using var rgb = Mat.FromPixelData(raster.Size.Height, raster.Size.Width, MatType.CV_8UC3, pinned.AddrOfPinnedObject());
            using var bgr = new Mat();
            Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
            Cv2.ImEncode(ending, bgr, out var bytes, parameters);
            return bytes;
        }
        finally
        {
            pinned.Free();
        }
    }
}
