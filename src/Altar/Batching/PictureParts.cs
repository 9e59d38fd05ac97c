using Altar.Images;

namespace Altar.Batching;

/// <summary>Reads the part of a picture that a view needs.</summary>
/// <param name="cache">Keeps decoded pictures; null: none is kept.</param>
internal sealed class PictureParts(RasterCache? cache)
{
    // A JPEG at 1/8 is made of blocks of 8 pixels.
    private const int LargestScale = 8;

    // Pixels above which a TIFF is never decoded as a whole to be kept.
    private const long LargestKept = 4_000_000;

    /// <summary>Decodes at the smallest scale that a view allows, and cuts the part out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="wanted">The part, within the picture.</param>
    /// <param name="shrink">Picture pixels per pixel of the view, at least 1.</param>
    /// <returns>Pixels, and the part of the picture that they cover: at least the wanted one.</returns>
    public (Raster Pixels, PixelBox Covers) Read(string path, PictureHeader header, PixelBox wanted, double shrink)
    {
        if (IsWorthCutting(header, wanted) && TiffWindows.TryOpen(path) is { } windows)
        {
            using (windows) return (windows.Read(wanted), wanted);
        }

        var options = new ReadOptions { AtLeast = new PixelSize((int)Math.Ceiling(header.Size.Width / shrink), (int)Math.Ceiling(header.Size.Height / shrink)) };
        var scale = RasterReader.Scale(header, options.AtLeast);
        var whole = cache?.Read(path, header, options) ?? RasterReader.Read(path, options);

        // A last block that is cut counts whole, where it is the last: a turned picture has it elsewhere.
        var covers = header.Turn == ExifTurn.None ? new PixelBox(0, 0, whole.Size.Width * scale, whole.Size.Height * scale) : PixelBox.Whole(header.Size);
        if (header.Turn != ExifTurn.None && scale > 1) return (whole, covers);
        var box = PixelBox.Between(wanted.X / scale, wanted.Y / scale, Up(wanted.Right, scale, whole.Size.Width), Up(wanted.Bottom, scale, whole.Size.Height));
        return box == PixelBox.Whole(whole.Size) ? (whole, covers) : (whole.Part(box), new PixelBox(box.X * scale, box.Y * scale, box.Width * scale, box.Height * scale));
    }

    private bool IsWorthCutting(PictureHeader header, PixelBox wanted) =>
        header is { Format: PictureFormat.Tiff, Turn: ExifTurn.None } && (cache is null || header.Size.Area > LargestKept) && wanted.Size.Area < header.Size.Area;

    /// <summary>Pixels that a view reads around its own, for interpolation and averaging.</summary>
    public static int Margin(double shrink) => LargestScale + (2 * (int)Math.Ceiling(shrink));

    private static int Up(int edge, int scale, int length) => Math.Min((edge + scale - 1) / scale, length);
}
