namespace Altar.Augmentation.Kernels;

/// <summary>Changes hue, saturation and lightness of a row of pixels.</summary>
/// <remarks>Hue is counted in sixths of the circle; the way back is the closed form f(n) of en.wikipedia.org/wiki/HSL_and_HSV.</remarks>
internal static unsafe class ColorRows
{
    public static void Change<T>(ColorDraw color, Scratch planes, int count) where T : struct, ILanes<T>
    {
        var (hue, saturation, lightness) = (T.Of((float)(color.Hue / 30)), T.Of((float)(color.Saturation / 255)), T.Of((float)(color.Lightness / 255)));
        var isHsl = color.Space == ColorSpace.Hsl;
        for (var i = 0; i < count; i += T.Count)
        {
            var (r, g, b) = (T.Load(planes.R + i), T.Load(planes.G + i), T.Load(planes.B + i));
            var max = T.Max(r, T.Max(g, b));
            var min = T.Min(r, T.Min(g, b));
            var turned = Hue(r, g, b, max, max - min) + hue;
            if (isHsl) Hsl(turned, max, min, saturation, lightness, out r, out g, out b);
            else Hsv(turned, max, min, saturation, lightness, out r, out g, out b);
            PixelRows.Store(planes, i, r, g, b);
        }
    }

    // Red is at 0, green at 2, blue at 4; grey is at 0.
    private static T Hue<T>(T r, T g, T b, T max, T chroma) where T : struct, ILanes<T>
    {
        var inverse = T.Of(1) / T.Max(chroma, T.Of(1e-6f));
        var atGreen = T.MultiplyAdd(b - r, inverse, T.Of(2));
        var atBlue = T.MultiplyAdd(r - g, inverse, T.Of(4));
        return T.WhereLess(r, max, T.WhereLess(g, max, atBlue, atGreen), (g - b) * inverse);
    }

    private static void Hsv<T>(T hue, T max, T min, T saturation, T lightness, out T r, out T g, out T b) where T : struct, ILanes<T>
    {
        var (zero, one) = (T.Of(0), T.Of(1));
        var s = T.Min(T.Max(((max - min) / T.Max(max, T.Of(1e-6f))) + saturation, zero), one);
        var value = T.Min(T.Max(T.MultiplyAdd(max, T.Of(1 / 255f), lightness), zero), one) * T.Of(255);
        var chroma = value * s;
        r = value - (chroma * Away(hue + T.Of(5), zero, one));
        g = value - (chroma * Away(hue + T.Of(3), zero, one));
        b = value - (chroma * Away(hue + one, zero, one));
    }

    // 0 where the channel is at its largest, 1 where it is at its smallest.
    private static T Away<T>(T place, T zero, T one) where T : struct, ILanes<T>
    {
        var k = place - (T.Of(6) * T.Floor(place * T.Of(1 / 6f)));
        return T.Max(zero, T.Min(one, T.Min(k, T.Of(4) - k)));
    }

    private static void Hsl<T>(T hue, T max, T min, T saturation, T lightness, out T r, out T g, out T b) where T : struct, ILanes<T>
    {
        var (zero, one) = (T.Of(0), T.Of(1));
        var light = (max + min) * T.Of(1 / 510f);
        var room = T.Min(light, one - light) * T.Of(510);
        var s = T.Min(T.Max(((max - min) / T.Max(room, T.Of(1e-3f))) + saturation, zero), one);
        light = T.Min(T.Max(light + lightness, zero), one);
        var reach = s * T.Min(light, one - light) * T.Of(255);
        light *= T.Of(255);
        r = light - (reach * Side(hue));
        g = light - (reach * Side(hue + T.Of(4)));
        b = light - (reach * Side(hue + T.Of(2)));
    }

    // -1 where the channel is at its largest, 1 where it is at its smallest.
    private static T Side<T>(T place) where T : struct, ILanes<T>
    {
        var k = place - (T.Of(6) * T.Floor(place * T.Of(1 / 6f)));
        return T.Max(T.Of(-1), T.Min(T.Min((k - T.Of(1.5f)) + (k - T.Of(1.5f)), (T.Of(4.5f) - k) + (T.Of(4.5f) - k)), T.Of(1)));
    }
}
