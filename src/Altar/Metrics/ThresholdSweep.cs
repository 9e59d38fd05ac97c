namespace Altar.Metrics;

/// <summary>Counts for 256 thresholds in one pass over probabilities: the best threshold on val without keeping a pixel.</summary>
/// <remarks>Thresholds are level / 256, level 0 to 255; a pixel is said to be of the class where its probability is at least the threshold, exactly.</remarks>
public sealed class ThresholdSweep
{
    /// <summary>Thresholds that are counted.</summary>
    public const int Levels = 256;

    private readonly long[] _positive = new long[Levels], _negative = new long[Levels];

    /// <summary>Adds pixels.</summary>
    /// <param name="probabilities">Of the class, 0 to 1; NaN counts as 0.</param>
    /// <param name="truth">0 is the background, everything else the class.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels.</exception>
    public void Add(ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> truth)
    {
        CheckLengths(probabilities.Length, truth.Length);
        for (var i = 0; i < truth.Length; i++) (truth[i] == 0 ? _negative : _positive)[Level(probabilities[i])]++;
    }

    /// <summary>Adds pixels.</summary>
    /// <param name="probabilities">Of the class, 0 to 1; NaN counts as 0.</param>
    /// <param name="truth">0 is the background, -1 is passed over, everything else is the class.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels.</exception>
    public void Add(ReadOnlySpan<float> probabilities, ReadOnlySpan<long> truth)
    {
        CheckLengths(probabilities.Length, truth.Length);
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] != -1) (truth[i] == 0 ? _negative : _positive)[Level(probabilities[i])]++;
        }
    }

    /// <summary>The counts at a threshold.</summary>
    /// <param name="level">In [0, 256); the threshold is level / 256.</param>
    public BinaryCounts At(int level)
    {
        var (found, alarms) = (_positive[level..].Sum(), _negative[level..].Sum());
        return new BinaryCounts(found, alarms, _positive.Sum() - found, _negative.Sum() - alarms);
    }

    /// <summary>The best threshold for the IoU.</summary>
    public SweptThreshold BestIou() => Best(counts => counts.Iou);

    /// <summary>The best threshold for Dice; the same as for the IoU, of which Dice is a rising function, where pixels of all pictures are taken together.</summary>
    public SweptThreshold BestDice() => Best(counts => counts.Dice);

    /// <summary>The best threshold for any share of counts; of equal ones the one nearest 0.5.</summary>
    /// <param name="share">Higher is better; NaN is never the best.</param>
    /// <returns>0.5 where every share is NaN.</returns>
    public SweptThreshold Best(Func<BinaryCounts, double> share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return Enumerable.Range(0, Levels)
            .Select(level => new SweptThreshold(level / (double)Levels, At(level)))
            .OrderByDescending(threshold => share(threshold.Counts) is var value && double.IsNaN(value) ? double.NegativeInfinity : value)
            .ThenBy(threshold => Math.Abs(threshold.Threshold - 0.5))
            .First();
    }

    // Exact: a float times 256 is only a change of its exponent. Probabilities of 1 belong to the last level.
    private static int Level(float probability) => Math.Clamp(unchecked((int)(probability * Levels)), 0, Levels - 1);

    private static void CheckLengths(int probabilities, int truth)
    {
        if (probabilities != truth) throw new ArgumentException($"{probabilities} probabilities, but {truth} true pixels.", nameof(probabilities));
    }
}

/// <summary>A threshold and what it does.</summary>
/// <param name="Threshold">0 to 1.</param>
/// <param name="Counts">Over all pixels that were added.</param>
public readonly record struct SweptThreshold(double Threshold, BinaryCounts Counts);
