namespace Altar.Metrics;

/// <summary>A range that holds the true share with a stated confidence.</summary>
/// <param name="Low">In [0, 1].</param>
/// <param name="High">In [0, 1].</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Wilson's 95 % interval for a share (Wilson 1927): sound for few trials and for shares near 0 or 1.</summary>
    /// <param name="successes">At least 0.</param>
    /// <param name="trials">At least <paramref name="successes"/>. Without trials nothing is known: 0 to 1.</param>
    public static Interval Wilson(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, successes);
        if (trials == 0) return new Interval(0, 1);

        const double Z = 1.959963984540054;   // 97.5 % quantile of the normal distribution
        var share = (double)successes / trials;
        var shrink = 1 + (Z * Z / trials);
        var centre = (share + (Z * Z / (2 * trials))) / shrink;
        var half = Z / shrink * Math.Sqrt((share * (1 - share) / trials) + (Z * Z / (4.0 * trials * trials)));

        // At the ends the formula is exact; rounding must not move them.
        return new Interval(successes == 0 ? 0 : Math.Max(0, centre - half), successes == trials ? 1 : Math.Min(1, centre + half));
    }
}
