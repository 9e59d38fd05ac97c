namespace Altar.Search;

/// <summary>Rows that are joined to groups, pair by pair.</summary>
internal sealed class DisjointRows(int rows)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, rows)];
    private readonly double[] _lowest = [.. Enumerable.Repeat(1.0, rows)];

    /// <summary>Joins two rows by a score; a pair that is in one group already changes nothing.</summary>
    public void Join(int one, int other, double score)
    {
        var (first, second) = (Root(one), Root(other));
        if (first == second) return;
        var (kept, joined) = (Math.Min(first, second), Math.Max(first, second));
        _parents[joined] = kept;
        _lowest[kept] = Math.Min(score, Math.Min(_lowest[kept], _lowest[joined]));
    }

    /// <summary>The groups of at least two, their rows in order, with the lowest score that joined one.</summary>
    public IEnumerable<(IReadOnlyList<int> Rows, double Lowest)> Groups() =>
        from row in Enumerable.Range(0, rows)
        group row by Root(row) into joined
        where joined.Count() > 1
        select ((IReadOnlyList<int>)[.. joined], _lowest[joined.Key]);

    private int Root(int row)
    {
        while (_parents[row] != row) row = _parents[row] = _parents[_parents[row]];
        return row;
    }
}
