using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>The letters of every picture: Inter, embedded, so that a machine without fonts has text and all machines have the same.</summary>
internal static class Typefaces
{
    /// <summary>Its name for ScottPlot.</summary>
    public const string Name = "Altar Inter";

    public static SKTypeface Regular { get; } = Load("Inter-Regular.otf");

    public static SKTypeface Bold { get; } = Load("Inter-Bold.otf");

    /// <summary>Makes the name known to ScottPlot; again is harmless.</summary>
    public static void Register()
    {
        lock (Fonts.FontResolvers)
        {
            if (!Fonts.FontResolvers.OfType<Resolver>().Any()) Fonts.FontResolvers.Insert(0, new Resolver());
        }
    }

    /// <summary>The typeface for a text: Inter, or for letters it lacks (Chinese, say) one of the system's that has them, if there is one.</summary>
    public static SKTypeface For(string text, bool isBold = false)
    {
        var own = isBold ? Bold : Regular;
        var missing = text.EnumerateRunes().FirstOrDefault(rune => own.GetGlyph(rune.Value) == 0 && !System.Text.Rune.IsWhiteSpace(rune));
        return missing.Value == 0 ? own : SKFontManager.Default.MatchCharacter(missing.Value) ?? own;
    }

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream($"Altar.Reports.Fonts.{file}")!;
        return SKTypeface.FromStream(stream);
    }

    private sealed class Resolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == Name ? (weight >= FontWeight.SemiBold ? Bold : Regular) : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            fontName == Name ? (bold ? Bold : Regular) : null;
    }
}
