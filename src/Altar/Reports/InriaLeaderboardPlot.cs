using Altar.Metrics;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>The contest's table as a picture: a bar an entry by its overall IoU, one's own marked.</summary>
public static class InriaLeaderboardPlot
{
    /// <summary>Width of the picture in pixels.</summary>
    public const int Width = 1000;

    private const int Row = 40, Top = 64, Bottom = 20;
    private const float BarLeft = 300, BarRight = Width - 170;

    private static readonly SKColor
        Ink = SKColor.Parse("#212529"), Faint = SKColor.Parse("#6c757d"), Others = SKColor.Parse("#a5b4c8"), Own = SKColor.Parse("#d9480f");

    /// <summary>Draws and writes the picture; its height is by the number of entries.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="table">The entries, best first.</param>
    public static void Save(string path, IReadOnlyList<InriaPlace> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var surface = SKSurface.Create(new SKImageInfo(Width, Top + (table.Count * Row) + Bottom));
        surface.Canvas.Clear(SKColors.White);
        Lettering.Draw(surface.Canvas, "Inria Aerial Image Labeling: overall IoU, and accuracy, in percent", 20, 36, 20, Ink, Width - 40, isBold: true);
        foreach (var (index, place) in table.Index()) Draw(surface.Canvas, place, Top + (index * Row));
        PictureFile.SavePng(path, surface);
    }

    private static void Draw(SKCanvas canvas, InriaPlace place, float top)
    {
        var (entry, text) = (place.Entry, top + (Row * 0.62f));
        using var paint = new SKPaint { Color = place.IsOwn ? Own : Others, IsAntialias = true };
        var share = double.IsFinite(entry.Overall.IoU) ? Math.Clamp(entry.Overall.IoU / 100, 0, 1) : 0;
        canvas.DrawRoundRect(BarLeft, top + 6, (float)(share * (BarRight - BarLeft)), Row - 12, 4, 4, paint);
        Lettering.Draw(canvas, ReportNumbers.Text($"{place.Place}"), 52, text, 17, Faint, align: SKTextAlign.Right);
        Lettering.Draw(canvas, entry.Team, 68, text, 17, place.IsOwn ? Own : Ink, BarLeft - 80, place.IsOwn);
        Lettering.Draw(canvas, Percent(entry.Overall.IoU), BarLeft + (float)(share * (BarRight - BarLeft)) + 8, text, 17, place.IsOwn ? Own : Ink, isBold: true);
        Lettering.Draw(canvas, Percent(entry.Overall.Accuracy), Width - 24, text, 17, Faint, align: SKTextAlign.Right);
    }

    private static string Percent(double value) => double.IsNaN(value) ? "–" : ReportNumbers.Text($"{value:0.00}");
}
