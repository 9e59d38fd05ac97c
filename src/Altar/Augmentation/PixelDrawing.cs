using Altar.Images;

namespace Altar.Augmentation;

/// <summary>Draws what happens to a sample's pixels.</summary>
internal static class PixelDrawing
{
    public static IReadOnlyList<ToneDraw> DrawTones(ToneOptions? tone, Random random)
    {
        if (tone is null || !random.Happens(tone.Probability)) return [];
        var candidates = new List<(double, Func<ToneDraw>)>();
        if (tone.BrightnessContrast is { } linear) candidates.Add((linear.Probability, () => new(ToneKind.Linear, 1 + random.Around(linear.Contrast), 255 * random.Around(linear.Brightness))));
        if (tone.Contrast is { } contrast) candidates.Add((contrast.Probability, () => new(ToneKind.Contrast, 1 + random.Around(contrast.Amount))));
        if (tone.Gamma is { } gamma) candidates.Add((gamma.Probability, () => new(ToneKind.Gamma, random.Between(gamma.Min, gamma.Max))));
        if (tone.Clahe is { } clahe) candidates.Add((clahe.Probability, () => new(ToneKind.Clahe, random.Between(1, clahe.Clip), clahe.Tiles)));
        if (tone.Invert is { } invert) candidates.Add((invert.Probability, () => new(ToneKind.Invert)));
        return Choose(tone.Choice, candidates, random);
    }

    public static ColorDraw? DrawColor(ColorOptions? color, Random random) => color is null || !random.Happens(color.Probability)
        ? null
        : new ColorDraw(color.Space, random.Around(color.Hue), random.Around(color.Saturation), random.Around(color.Lightness));

    public static (IReadOnlyList<BlurDraw> Blurs, NoiseDraw? Noise) DrawDegrade(DegradeOptions? degrade, Random random)
    {
        if (degrade is null || !random.Happens(degrade.Probability)) return ([], null);
        var candidates = new List<(double, Func<object>)>();
        if (degrade.BoxBlur is { } box) candidates.Add((box.Probability, () => new BlurDraw(BlurKind.Box, random.Odd(box.SizeMin, box.SizeMax))));
        if (degrade.GaussianBlur is { } gaussian) candidates.Add((gaussian.Probability, () => new BlurDraw(BlurKind.Gaussian, random.Odd(gaussian.SizeMin, gaussian.SizeMax))));
        if (degrade.MotionBlur is { } motion) candidates.Add((motion.Probability, () => new BlurDraw(BlurKind.Motion, random.Odd(motion.SizeMin, motion.SizeMax), random.Between(0, 180))));
        if (degrade.MedianBlur is { } median) candidates.Add((median.Probability, () => new BlurDraw(BlurKind.Median, random.Odd(median.SizeMin, median.SizeMax))));
        if (degrade.GaussNoise is { } gauss) candidates.Add((gauss.Probability, () => new NoiseDraw(random.Between(gauss.SigmaMin, gauss.SigmaMax), 0, Start(random))));
        if (degrade.IsoNoise is { } iso) candidates.Add((iso.Probability, () => Iso(iso, random)));
        var chosen = Choose(degrade.Choice, candidates, random);
        return ([.. chosen.OfType<BlurDraw>()], chosen.OfType<NoiseDraw>().LastOrDefault());
    }

    public static IReadOnlyList<HoleDraw> DrawHoles(DropoutOptions? dropout, Random random, PixelSize target)
    {
        if (dropout is null || !random.Happens(dropout.Probability)) return [];
        var holes = new HoleDraw[random.Next(dropout.HolesMin, dropout.HolesMax + 1)];
        for (var i = 0; i < holes.Length; i++)
        {
            var width = Side(dropout, random, target.Width);
            var height = Side(dropout, random, target.Height);
            holes[i] = new HoleDraw(random.Next(target.Width - width + 1), random.Next(target.Height - height + 1), width, height, dropout.Fill);
        }

        return holes;
    }

    private static int Side(DropoutOptions dropout, Random random, int length) =>
        Math.Clamp((int)Math.Round(random.Between(dropout.SizeMin, dropout.SizeMax) * length), 1, length);

    private static NoiseDraw Iso(IsoNoiseOptions iso, Random random)
    {
        var sigma = random.Between(iso.SigmaMin, iso.SigmaMax);
        return new NoiseDraw(sigma * iso.Color, sigma, Start(random));
    }

    private static uint Start(Random random) => (uint)random.NextInt64(1L << 32);

    private static List<T> Choose<T>(Choice choice, List<(double Probability, Func<T> Draw)> candidates, Random random)
    {
        if (choice == Choice.Each) return [.. candidates.Where(candidate => random.Happens(candidate.Probability)).Select(candidate => candidate.Draw())];
        var ticket = random.NextDouble() * candidates.Sum(candidate => candidate.Probability);
        foreach (var (probability, draw) in candidates)
        {
            ticket -= probability;
            if (ticket < 0) return [draw()];
        }

        return [];
    }
}
