using Altar.Tensors;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>Writes what was drawn.</summary>
internal static class PictureFile
{
    public static void SavePng(string path, SKSurface surface) => Save(path, surface, SKEncodedImageFormat.Png, 100);

    /// <summary>For photos, which as PNG would be ten times as large.</summary>
    public static void SaveJpeg(string path, SKSurface surface) => Save(path, surface, SKEncodedImageFormat.Jpeg, 88);

    private static void Save(string path, SKSurface surface, SKEncodedImageFormat format, int quality)
    {
        using var image = surface.Snapshot();
        using var data = image.Encode(format, quality);
        AtomicFile.Write(path, data.SaveTo);
    }
}
