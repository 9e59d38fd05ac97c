namespace Altar.Augmentation.Kernels;

/// <summary>All changes of brightness that look at one value only, as one table.</summary>
internal static class ToneTable
{
    /// <summary>Fills the 256 values; false where nothing changes and no table is needed.</summary>
    /// <param name="tones">The changes, in their order.</param>
    /// <param name="mean">The picture's mean brightness; asked for at most once.</param>
    /// <param name="table">The values, 0..255, not rounded.</param>
    public static bool Fill(IReadOnlyList<ToneDraw> tones, Func<double> mean, Span<float> table)
    {
        if (tones.All(tone => tone.Kind == ToneKind.Clahe)) return false;
        for (var i = 0; i < table.Length; i++) table[i] = i;
        foreach (var tone in tones)
        {
            var pivot = tone.Kind == ToneKind.Contrast ? table[(int)Math.Round(mean())] : 0;
            foreach (ref var value in table) value = (float)Math.Clamp(Apply(tone, value, pivot), 0, 255);
        }

        return true;
    }

    private static double Apply(ToneDraw tone, double value, double pivot) => tone.Kind switch
    {
        ToneKind.Linear => (value * tone.Amount) + tone.Offset,
        ToneKind.Contrast => pivot + (tone.Amount * (value - pivot)),
        ToneKind.Gamma => 255 * Math.Pow(value / 255, tone.Amount),
        ToneKind.Invert => 255 - value,
        _ => value,
    };
}
