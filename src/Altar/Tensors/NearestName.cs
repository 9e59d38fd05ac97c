namespace Altar.Tensors;

/// <summary>Which known name a misspelt one meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name with the fewest letters changed, left out, added or swapped with their neighbour, letter case left aside;
    /// among equals the one with the fewest changes of case, then the one nearest in length, then the first.
    /// </summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What could have been written.</param>
    /// <returns>An empty text where nothing is known.</returns>
    public static string Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folded = name.ToUpperInvariant();
        return known.MinBy(candidate => (Distance(folded, candidate.ToUpperInvariant()), Distance(name, candidate), Math.Abs(name.Length - candidate.Length))) ?? "";
    }

    // Optimal string alignment: Levenshtein's distance with swapped neighbours.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(changed, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
