namespace Altar.Datasets.Heads;

/// <summary>How many samples of each of several sets an epoch visits.</summary>
internal static class SetShares
{
    /// <summary>Without weights all of them; else as many together, by the largest remainders: none is off by one or more.</summary>
    /// <param name="sizes">Samples of each set.</param>
    /// <param name="weights">The sets' shares, each above 0; they need not add up to 1.</param>
    public static int[] Of(IReadOnlyList<int> sizes, IReadOnlyList<double>? weights)
    {
        if (weights is null) return [.. sizes];
        var total = sizes.Sum();
        var sum = weights.Sum();
        double[] exact = [.. weights.Select(weight => total * weight / sum)];
        int[] shares = [.. exact.Select(share => (int)Math.Floor(share))];
        var left = total - shares.Sum();
        foreach (var set in Enumerable.Range(0, sizes.Count).OrderByDescending(set => exact[set] - shares[set]).ThenBy(set => set).Take(left)) shares[set]++;
        return shares;
    }
}
