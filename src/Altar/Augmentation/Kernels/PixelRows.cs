namespace Altar.Augmentation.Kernels;

/// <summary>What happens to a row of pixels: tone, colour, noise, normalisation. The row stays in the first cache from end to end.</summary>
internal static unsafe class PixelRows
{
    /// <summary>Bytes to planes of 0..255, through a table where one is given.</summary>
    public static void Load<T>(uint* pixels, float* table, Scratch to, int count) where T : struct, ILanes<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            T.LoadPixels(pixels + i, out var r, out var g, out var b);
            if (table is not null) (r, g, b) = (T.LookUp(table, r), T.LookUp(table, g), T.LookUp(table, b));
            Store(to, i, r, g, b);
        }
    }

    /// <summary>As <see cref="Load{T}"/>, with the difference that equalisation made to the grey picture added first.</summary>
    public static void LoadEqualized<T>(uint* pixels, byte* grey, byte* equalized, float* table, Scratch to, int count) where T : struct, ILanes<T>
    {
        var (black, white) = (T.Of(0), T.Of(255));
        for (var i = 0; i < count; i += T.Count)
        {
            T.LoadPixels(pixels + i, out var r, out var g, out var b);
            var difference = T.LoadBytes(equalized + i) - T.LoadBytes(grey + i);
            r = T.Min(T.Max(r + difference, black), white);
            g = T.Min(T.Max(g + difference, black), white);
            b = T.Min(T.Max(b + difference, black), white);
            if (table is not null) (r, g, b) = (T.LookUp(table, r), T.LookUp(table, g), T.LookUp(table, b));
            Store(to, i, r, g, b);
        }
    }

    /// <summary>Adds noise; light noise goes by the root of the pixel's mean.</summary>
    public static void AddNoise<T>(NoiseDraw noise, uint start, Scratch planes, int count) where T : struct, ILanes<T>
    {
        var (black, white, own) = (T.Of(0), T.Of(255), T.Of((float)noise.ChannelSigma));
        var light = T.Of((float)noise.LightSigma);
        var (seed, hasLight) = (noise.Seed, noise.LightSigma > 0);
        unchecked   // seeds and counters wrap
        {
            for (var i = 0; i < count; i += T.Count)
            {
                var (r, g, b) = (T.Load(planes.R + i), T.Load(planes.G + i), T.Load(planes.B + i));
                var at = start + (uint)i;
                var common = hasLight ? light * T.Root((r + g + b) * T.Of(1 / 765f)) * T.Noise(seed + 3, at) : black;
                r = T.MultiplyAdd(own, T.Noise(seed, at), r + common);
                g = T.MultiplyAdd(own, T.Noise(seed + 0x51ED270Bu, at), g + common);
                b = T.MultiplyAdd(own, T.Noise(seed + 0xA3DA4E16u, at), b + common);
                Store(planes, i, T.Min(T.Max(r, black), white), T.Min(T.Max(g, black), white), T.Min(T.Max(b, black), white));
            }
        }
    }

    /// <summary>v scale + bias in each channel, R, G, B interleaved.</summary>
    public static void Normalize<T>(in ChannelScale scale, Scratch planes, float* to, int count) where T : struct, ILanes<T>
    {
        var (scaleR, scaleG, scaleB) = (T.Of(scale.R), T.Of(scale.G), T.Of(scale.B));
        var (biasR, biasG, biasB) = (T.Of(scale.BiasR), T.Of(scale.BiasG), T.Of(scale.BiasB));
        for (var i = 0; i < count; i += T.Count)
        {
            T.StoreInterleaved(
                to + (3 * i),
                T.MultiplyAdd(T.Load(planes.R + i), scaleR, biasR),
                T.MultiplyAdd(T.Load(planes.G + i), scaleG, biasG),
                T.MultiplyAdd(T.Load(planes.B + i), scaleB, biasB));
        }
    }

    public static void Store<T>(Scratch planes, int at, T r, T g, T b) where T : struct, ILanes<T>
    {
        T.Store(planes.R + at, r);
        T.Store(planes.G + at, g);
        T.Store(planes.B + at, b);
    }
}
