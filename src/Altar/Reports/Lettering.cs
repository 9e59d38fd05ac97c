using SkiaSharp;

namespace Altar.Reports;

/// <summary>Writes a line of text on a picture.</summary>
internal static class Lettering
{
    /// <summary>Draws one line, shortened with "…" where it would be wider than its room.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="x">Left end, or the middle or right end by <paramref name="align"/>, in pixels.</param>
    /// <param name="y">The line the letters stand on, in pixels.</param>
    /// <param name="size">Height of the type in pixels.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="room">Greatest width in pixels; less than one letter draws nothing.</param>
    /// <param name="isBold">Bold or regular.</param>
    /// <param name="align">What <paramref name="x"/> is.</param>
    public static void Draw(
        SKCanvas canvas, string text, float x, float y, float size, SKColor color,
        float room = float.PositiveInfinity, bool isBold = false, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(Typefaces.For(text, isBold), size) { Subpixel = true };
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        if (Shorten(text, room, font) is { Length: > 0 } line) canvas.DrawText(line, x, y, align, font, paint);
    }

    /// <summary>Width in pixels.</summary>
    public static float Measure(string text, float size, bool isBold = false)
    {
        using var font = new SKFont(Typefaces.For(text, isBold), size) { Subpixel = true };
        return font.MeasureText(text);
    }

    private static string Shorten(string text, float room, SKFont font)
    {
        if (font.MeasureText(text) <= room) return text;
        for (var length = text.Length - 1; length > 0; length--)
        {
            if (char.IsHighSurrogate(text[length - 1])) continue;
            var shorter = text[..length].TrimEnd() + "…";
            if (font.MeasureText(shorter) <= room) return shorter;
        }

        return "";
    }
}
