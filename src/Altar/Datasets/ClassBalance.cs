using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>Makes up for classes with few samples: by weights in the loss, or by repeating samples.</summary>
public static class ClassBalance
{
    /// <summary>Weights as 1 / count, scaled so that the classes that occur have the mean 1. A class without samples has 0.</summary>
    /// <param name="counts">Samples of each class, at least 0.</param>
    /// <returns>One for each class.</returns>
    public static double[] InverseFrequency(IReadOnlyList<long> counts) => Scaled(counts, count => 1.0 / count);

    /// <summary>Weights as (1 - beta) / (1 - beta^count), the inverse of the effective number of samples (arXiv:1901.05555), scaled so that the classes that occur have the mean 1. A class without samples has 0.</summary>
    /// <param name="counts">Samples of each class, at least 0.</param>
    /// <param name="beta">In [0, 1): 0 gives equal weights, towards 1 those of <see cref="InverseFrequency"/>. Default 0.999; the paper tries 0.9 to 0.9999.</param>
    /// <returns>One for each class.</returns>
    public static double[] EffectiveNumber(IReadOnlyList<long> counts, double beta = 0.999)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(beta, 1);
        return Scaled(counts, count => (1 - beta) / (1 - Math.Pow(beta, count)));
    }

    /// <summary>Samples of each class.</summary>
    /// <param name="labels">The class of each sample, in [0, classes), or -1, which is passed over.</param>
    /// <param name="classes">Number of classes.</param>
    public static long[] Counts(IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var counts = new long[classes];
        foreach (var label in labels)
        {
            if (label >= 0) counts[label]++;
        }

        return counts;
    }

    /// <summary>An epoch in which no class is rarer than <paramref name="least"/>: classes below it are repeated up to it, the others are kept whole, then all is shuffled.</summary>
    /// <remarks>A. Kuzin's rule for the Kaggle Amazon contest (github.com/n01z3/kaggle_amazon_from_space): 500, at most 100 copies. A class of 3 is then seen 300 times, not 500.</remarks>
    /// <param name="labels">The class of each sample; -1 is none, and such samples are kept once.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="least">At least 1. Default 500.</param>
    /// <param name="copies">At most so many of each sample, at least 1. Default 100.</param>
    /// <returns>Indices of samples.</returns>
    public static int[] Repeated(IReadOnlyList<int> labels, Seed seed, int least = 500, int copies = 100)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);

        var epoch = Enumerable.Range(0, labels.Count)
            .GroupBy(index => labels[index])
            .SelectMany(members => Repeated([.. members], members.Key < 0 ? 1 : least, copies))
            .ToArray();
        seed.ToRandom().Shuffle(epoch);
        return epoch;
    }

    private static IEnumerable<int> Repeated(int[] members, int least, int copies) => members.Length >= least
        ? members
        : Enumerable.Repeat(members, copies).SelectMany(copy => copy).Take(least);

    private static double[] Scaled(IReadOnlyList<long> counts, Func<long, double> weight)
    {
        ArgumentNullException.ThrowIfNull(counts);
        double[] weights = [.. counts.Select(count => count > 0 ? weight(count) : 0)];
        var mean = weights.Where(value => value > 0).DefaultIfEmpty(1).Average();
        return [.. weights.Select(value => value / mean)];
    }
}
