namespace Altar.Metrics;

/// <summary>By how much one way is better than another, of runs that differ in nothing else: same fold, same seed.</summary>
/// <param name="Mean">Mean of the differences.</param>
/// <param name="HalfWidth">Half of the 95 % interval around it; infinite for a single pair.</param>
/// <param name="Pairs">How many pairs.</param>
public sealed record PairedDifference(double Mean, double HalfWidth, int Pairs)
{
    // 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom; beyond, those of the normal distribution with its first correction.
    private static readonly double[] Quantiles =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>Whether the interval covers 0: no effect was measured.</summary>
    public bool CoversZero => Math.Abs(Mean) <= HalfWidth;

    /// <summary>Lower and upper end of the 95 % interval.</summary>
    public (double Low, double High) Interval => (Mean - HalfWidth, Mean + HalfWidth);

    /// <summary>Student's interval of the mean difference.</summary>
    /// <remarks>It takes the pairs for independent. Folds share training pictures, so that it is somewhat too narrow (Nadeau and Bengio 2003).</remarks>
    /// <param name="pairs">The figure with and without what is measured.</param>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    public static PairedDifference Of(IEnumerable<(double With, double Without)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var differences = pairs.Select(pair => pair.With - pair.Without).ToList();
        if (differences.Count == 0) throw new ArgumentException("there is no pair.", nameof(pairs));
        var mean = differences.Average();
        if (differences.Count == 1) return new PairedDifference(mean, double.PositiveInfinity, 1);
        var deviation = Math.Sqrt(differences.Sum(difference => Math.Pow(difference - mean, 2)) / (differences.Count - 1));
        return new PairedDifference(mean, Quantile(differences.Count - 1) * deviation / Math.Sqrt(differences.Count), differences.Count);
    }

    private static double Quantile(int freedom)
    {
        const double Z = 1.959963984540054;
        return freedom <= Quantiles.Length ? Quantiles[freedom - 1] : Z + (((Z * Z * Z) + Z) / (4 * freedom));
    }
}
