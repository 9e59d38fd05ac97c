namespace Altar.Metrics;

/// <summary>Judges searches: for each query, which of the results are relevant.</summary>
public sealed class RetrievalTally
{
    private readonly List<long> _firstHits = [];                 // place of the first relevant result, from 1; 0: none
    private double _precision;

    /// <summary>Queries that have something to find.</summary>
    public long Queries => _firstHits.Count;

    /// <summary>Queries that were passed over because nothing is relevant to them.</summary>
    public long Hopeless { get; private set; }

    /// <summary>Mean average precision, 0 to 1; higher is better. NaN without queries.</summary>
    /// <remarks>Of one query: the mean, over what it should find, of the share of relevant results down to it; what was not returned has 0. With k results at most k can be found, and so many are the divisor (mAP@k).</remarks>
    public double MeanAveragePrecision => _precision / Queries;

    /// <summary>Adds a query.</summary>
    /// <param name="relevant">Whether each result is relevant, the nearest first; the query itself is not among them.</param>
    /// <param name="relevantInAll">How many relevant ones the index holds.</param>
    public void Add(ReadOnlySpan<bool> relevant, long relevantInAll)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(relevantInAll);
        if (relevant.Count(true) is var found && found > relevantInAll) throw new ArgumentException($"{found} results are relevant, but the index holds only {relevantInAll}.", nameof(relevantInAll));
        if (relevantInAll == 0)
        {
            Hopeless++;
            return;
        }

        _firstHits.Add(relevant.IndexOf(true) + 1);
        _precision += PrecisionOf(relevant) / Math.Max(1, Math.Min(relevantInAll, relevant.Length));
    }

    /// <summary>Share of queries with something relevant among the first k results, 0 to 1; higher is better. NaN without queries.</summary>
    /// <param name="k">At least 1.</param>
    public double RecallAt(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return (double)_firstHits.Count(place => place > 0 && place <= k) / Queries;
    }

    /// <summary>Share of the exact nearest neighbours that an approximate search found: its recall@k, k being their number, 0 to 1. 1 where there are none.</summary>
    /// <param name="found">Keys of the approximate results.</param>
    /// <param name="exact">Keys of the exact ones.</param>
    public static double Overlap(IEnumerable<long> found, IReadOnlyCollection<long> exact)
    {
        ArgumentNullException.ThrowIfNull(exact);
        return exact.Count == 0 ? 1 : (double)exact.Intersect(found).Count() / exact.Count;
    }

    private static double PrecisionOf(ReadOnlySpan<bool> relevant)
    {
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < relevant.Length; i++)
        {
            if (relevant[i]) sum += (double)++found / (i + 1);
        }

        return sum;
    }
}
