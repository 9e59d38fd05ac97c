using Altar.Images;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>A photo in a grid.</summary>
/// <param name="Read">Gives the picture when its turn comes; null where it cannot be read.</param>
/// <param name="Caption">Below it, dark and bold.</param>
/// <param name="Remark">Below the caption, red.</param>
internal sealed record PhotoCell(Func<Raster?> Read, string Caption = "", string Remark = "")
{
    /// <summary>A file; one that cannot be read becomes an empty frame.</summary>
    public static PhotoCell Of(string path, string caption = "", string remark = "") => new(() => TryRead(path), caption, remark);

    /// <summary>Reads for a thumbnail: a large JPEG is decoded small.</summary>
    public static Raster? TryRead(string path)
    {
        try
        {
            return RasterReader.Read(path, new ReadOptions { AtLeast = PixelSize.Square(PhotoGrid.Side) });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DamagedPictureException)
        {
            return null;
        }
    }
}

/// <summary>Photos in a row, with a heading above where there is one.</summary>
internal sealed record PhotoRow(IReadOnlyList<PhotoCell> Cells, string Heading = "");

/// <summary>Draws photos in rows, each whole in a square frame.</summary>
internal static class PhotoGrid
{
    /// <summary>Side of a frame in pixels.</summary>
    public const int Side = 200;

    private const int Gap = 14, TitleHeight = 58, HeadingHeight = 38, CaptionHeight = 48;
    private static readonly SKColor Ink = SKColor.Parse("#212529"), Faint = SKColor.Parse("#868e96"), Frame = SKColor.Parse("#f1f3f5"), Red = SKColor.Parse("#c92a2a");

    /// <summary>Draws and writes the picture: as PNG where the name ends so, else as JPEG.</summary>
    public static void Save(string path, string title, IReadOnlyList<PhotoRow> rows)
    {
        var columns = Math.Max(4, rows.Select(row => row.Cells.Count).DefaultIfEmpty(0).Max());
        var width = Gap + (columns * (Side + Gap));
        using var surface = SKSurface.Create(new SKImageInfo(width, TitleHeight + rows.Sum(HeightOf) + Gap));
        surface.Canvas.Clear(SKColors.White);
        Lettering.Draw(surface.Canvas, title, Gap, 37, 22, Ink, width - (2 * Gap), isBold: true);
        var top = TitleHeight;
        foreach (var row in rows)
        {
            Draw(surface.Canvas, row, top, width);
            top += HeightOf(row);
        }

        if (Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase)) PictureFile.SavePng(path, surface);
        else PictureFile.SaveJpeg(path, surface);
    }

    private static bool HasCaptions(PhotoRow row) => row.Cells.Any(cell => cell.Caption.Length > 0);

    private static int HeightOf(PhotoRow row) =>
        (row.Heading.Length > 0 ? HeadingHeight : 0) + (row.Cells.Count > 0 ? Side + Gap : 0) + (HasCaptions(row) ? CaptionHeight : 0);

    private static void Draw(SKCanvas canvas, PhotoRow row, int top, int width)
    {
        if (row.Heading.Length > 0)
        {
            Lettering.Draw(canvas, row.Heading, Gap, top + 26, 18, Ink, width - (2 * Gap), isBold: true);
            top += HeadingHeight;
        }

        foreach (var (column, cell) in row.Cells.Index())
        {
            var left = Gap + (column * (Side + Gap));
            Draw(canvas, cell.Read(), SKRect.Create(left, top, Side, Side));
            Lettering.Draw(canvas, cell.Caption, left, top + Side + 20, 16, Ink, Side, isBold: true);
            Lettering.Draw(canvas, cell.Remark, left, top + Side + 40, 16, Red, Side);
        }
    }

    private static void Draw(SKCanvas canvas, Raster? raster, SKRect frame)
    {
        using var background = new SKPaint { Color = Frame };
        canvas.DrawRect(frame, background);
        if (raster is null)
        {
            Lettering.Draw(canvas, "cannot be read", frame.MidX, frame.MidY + 5, 15, Faint, frame.Width, align: SKTextAlign.Center);
            return;
        }

        using var image = ToImage(raster);
        var scale = Math.Min(frame.Width / image.Width, frame.Height / image.Height);
        var place = SKRect.Create(
            frame.MidX - (image.Width * scale / 2), frame.MidY - (image.Height * scale / 2), image.Width * scale, image.Height * scale);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }

    // Skia has no format of three bytes a pixel.
    private static SKImage ToImage(Raster raster)
    {
        var pixels = new byte[raster.Size.Width * raster.Size.Height * 4];
        var source = raster.Pixels;
        for (int from = 0, to = 0; to < pixels.Length; from += 3, to += 4)
        {
            source.AsSpan(from, 3).CopyTo(pixels.AsSpan(to));
            pixels[to + 3] = byte.MaxValue;
        }

        return SKImage.FromPixelCopy(new SKImageInfo(raster.Size.Width, raster.Size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), pixels);
    }
}
