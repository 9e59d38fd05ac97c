namespace Altar.Training.Tricks;

/// <summary>Draws from the symmetric beta distribution.</summary>
public static class BetaDraw
{
    /// <summary>A share from Beta(alpha, alpha): near 0 or 1 for a small alpha, uniform for 1, near a half for a large one.</summary>
    /// <param name="random">Chance.</param>
    /// <param name="alpha">Above 0.</param>
    /// <returns>In [0, 1].</returns>
    public static double Next(Random random, double alpha)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        double one = Gamma(random, alpha), other = Gamma(random, alpha);
        return one + other > 0 ? one / (one + other) : 0.5;   // both underflow for a tiny alpha
    }

    // Marsaglia and Tsang 2000; below 1 by their boost of alpha + 1.
    private static double Gamma(Random random, double alpha)
    {
        if (alpha < 1) return Gamma(random, alpha + 1) * Math.Pow(Uniform(random), 1 / alpha);
        var d = alpha - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(random);
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(Uniform(random)) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    // Box and Muller 1958; the second number is not kept, so that a draw has no memory.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(Uniform(random))) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Uniform(Random random) => 1 - random.NextDouble();   // in (0, 1]: its logarithm is finite
}
