using Altar.Search.Usearch;

namespace Altar.Search;

/// <summary>Vectors in a graph of neighbours. Rows are the graph's keys.</summary>
/// <param name="graph">Owned from here on.</param>
/// <param name="scalar">The kind of its numbers.</param>
internal sealed class GraphRows(HnswGraph graph, VectorScalar scalar) : IVectorRows
{
    // A walk that may end only at few of the vectors it meets walks far; comparing with all of those few is faster and misses none.
    private const int FewRows = 1000;
    private const double FewShare = 0.05;

    public int Count { get; private set; } = graph.Count;

    public void Add(IReadOnlyList<byte[]> vectors)
    {
        graph.Reserve(Count + vectors.Count);
        foreach (var vector in vectors) graph.Add((ulong)Count++, vector);   // one by one: the same photos make the same graph
    }

    public void Remove(int row)
    {
        graph.Remove((ulong)row);
        Count--;
        if (row != Count) graph.Rename((ulong)Count, (ulong)row);
    }

    public void Read(int row, Span<byte> vector) => graph.Get((ulong)row, vector);

    public IReadOnlyList<(int Row, float Distance)> Search(byte[] query, int count, RowSet? allowed)
    {
        if (allowed is not null && allowed.Count <= Math.Max(FewRows, Count * FewShare)) return AmongRows.Search(this, [.. allowed.Rows()], query, scalar, count);
        var limit = Math.Min(count, Count);
        var (keys, distances) = (new ulong[limit], new float[limit]);
        var found = graph.Search(query, keys, distances, allowed?.Bits);
        return [.. keys.Zip(distances, (key, distance) => ((int)key, distance)).Take(found)];
    }

    public void Save(string path) => graph.Save(path);

    public void Dispose() => graph.Dispose();
}
