using Altar.Images;

namespace Altar.Reports;

/// <summary>Paints masks over photos.</summary>
public static class MaskOverlay
{
    /// <summary>A pixel of the class that was found, one that was missed, one that was found wrongly, and one that nobody asks about.</summary>
    public static readonly (byte R, byte G, byte B) Found = (0x2f, 0x9e, 0x44), Missed = (0x1c, 0x7e, 0xd6), Wrong = (0xe0, 0x31, 0x31), Ignored = (0x86, 0x8e, 0x96);

    // Tableau's ten: told apart also side by side.
    private static readonly (byte R, byte G, byte B)[] Palette =
    [
        (0x4e, 0x79, 0xa7), (0xf2, 0x8e, 0x2b), (0xe1, 0x57, 0x59), (0x76, 0xb7, 0xb2), (0x59, 0xa1, 0x4f),
        (0xed, 0xc9, 0x48), (0xb0, 0x7a, 0xa1), (0xff, 0x9d, 0xa7), (0x9c, 0x75, 0x5f), (0xba, 0xb0, 0xac),
    ];

    private static readonly string[] ColorNames = ["blue", "orange", "red", "teal", "green", "yellow", "violet", "pink", "brown", "grey"];

    /// <summary>The colour of a class.</summary>
    /// <param name="number">From 0; colours repeat after ten.</param>
    public static (byte R, byte G, byte B) ColorOf(int number) => Palette[number % Palette.Length];

    /// <summary>What the colour of a class is called, for a legend.</summary>
    /// <param name="number">From 0; names repeat after ten.</param>
    public static string NameOfColor(int number) => ColorNames[number % ColorNames.Length];

    /// <summary>Each class in its colour; background and ignored pixels stay the photo, ignored ones greyed.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="mask">A class for each pixel, -1 for ignored.</param>
    /// <param name="background">The class that is left unpainted; -2: none.</param>
    /// <param name="opacity">Of the paint, 0 to 1. Default 0.5.</param>
    public static Raster Classes(Raster photo, ReadOnlySpan<int> mask, int background = 0, double opacity = 0.5)
    {
        var painted = Copy(photo, mask.Length);
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] == background) continue;
            Mix(painted.Pixels.AsSpan(i * 3, 3), mask[i] < 0 ? Ignored : ColorOf(mask[i]), opacity);
        }

        return painted;
    }

    /// <summary>One class: what was found, missed and found wrongly.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="truth">A class for each pixel, -1 for ignored.</param>
    /// <param name="prediction">A class for each pixel.</param>
    /// <param name="number">The class that is looked at.</param>
    /// <param name="opacity">Of the paint, 0 to 1. Default 0.5.</param>
    public static Raster Errors(Raster photo, ReadOnlySpan<int> truth, ReadOnlySpan<int> prediction, int number = 1, double opacity = 0.5)
    {
        var painted = Copy(photo, truth.Length);
        for (var i = 0; i < truth.Length; i++)
        {
            var (isThere, isSaid) = (truth[i] == number, prediction[i] == number);
            if (truth[i] < 0) Mix(painted.Pixels.AsSpan(i * 3, 3), Ignored, opacity);
            else if (isThere || isSaid) Mix(painted.Pixels.AsSpan(i * 3, 3), isThere && isSaid ? Found : isThere ? Missed : Wrong, opacity);
        }

        return painted;
    }

    /// <summary>Every pixel whose class is wrong, in red.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="truth">A class for each pixel, -1 for ignored.</param>
    /// <param name="prediction">A class for each pixel.</param>
    /// <param name="opacity">Of the paint, 0 to 1. Default 0.6.</param>
    public static Raster WrongPixels(Raster photo, ReadOnlySpan<int> truth, ReadOnlySpan<int> prediction, double opacity = 0.6)
    {
        var painted = Copy(photo, truth.Length);
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] < 0) Mix(painted.Pixels.AsSpan(i * 3, 3), Ignored, opacity);
            else if (truth[i] != prediction[i]) Mix(painted.Pixels.AsSpan(i * 3, 3), Wrong, opacity);
        }

        return painted;
    }

    private static Raster Copy(Raster photo, int pixels)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels, (int)photo.Size.Area);
        var copy = new Raster(photo.Size);
        photo.Pixels.CopyTo(copy.Pixels, 0);
        return copy;
    }

    private static void Mix(Span<byte> pixel, (byte R, byte G, byte B) paint, double opacity)
    {
        pixel[0] = Blend(pixel[0], paint.R, opacity);
        pixel[1] = Blend(pixel[1], paint.G, opacity);
        pixel[2] = Blend(pixel[2], paint.B, opacity);
    }

    private static byte Blend(byte under, byte over, double opacity) => (byte)Math.Round(under + ((over - under) * opacity));
}
