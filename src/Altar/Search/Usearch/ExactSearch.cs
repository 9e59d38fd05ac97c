namespace Altar.Search.Usearch;

/// <summary>Compares a query with every vector of a block of memory.</summary>
internal static unsafe class ExactSearch
{
    private const int RowsPerPart = 1 << 16;

    /// <summary>The nearest rows, nearest first.</summary>
    /// <param name="rows">Vectors side by side.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="query">Encoded like them.</param>
    /// <param name="scalar">Their kind.</param>
    /// <param name="count">How many to find.</param>
    /// <returns>Numbers of rows and 1 - cosine.</returns>
    public static IReadOnlyList<(int Row, float Distance)> Nearest(byte* rows, int rowCount, byte[] query, VectorScalar scalar, int count)
    {
        var parts = (rowCount + RowsPerPart - 1) / RowsPerPart;
        if (parts <= 1) return Part(rows, 0, rowCount, query, scalar, count);

        var found = new IReadOnlyList<(int Row, float Distance)>[parts];
        Parallel.For(0, parts, part =>
        {
            var first = part * RowsPerPart;
            found[part] = Part(rows, first, Math.Min(RowsPerPart, rowCount - first), query, scalar, count);
        });
        return [.. found.SelectMany(part => part).OrderBy(hit => hit.Distance).ThenBy(hit => hit.Row).Take(count)];
    }

    private static IReadOnlyList<(int Row, float Distance)> Part(byte* rows, int first, int rowCount, byte[] query, VectorScalar scalar, int count)
    {
        var limit = Math.Min(count, rowCount);
        if (limit == 0) return [];
        var (keys, distances, bytes) = (new ulong[limit], new float[limit], query.Length);
        fixed (byte* vector = query)
        fixed (ulong* found = keys)
        fixed (float* away = distances)
        {
            UsearchLibrary.ExactSearch(
                rows + ((long)first * bytes), (nuint)rowCount, (nuint)bytes, vector, 1, (nuint)bytes, UsearchLibrary.ScalarKind(scalar), (nuint)(bytes / VectorCode.Bytes(scalar, 1)),
                UsearchLibrary.CosineMetric, (nuint)limit, 1, found, (nuint)limit * sizeof(ulong), away, (nuint)limit * sizeof(float), out var error);
            UsearchLibrary.Check(error);
        }

        return [.. keys.Zip(distances, (key, distance) => (first + (int)key, distance)).OrderBy(hit => hit.distance)];
    }
}
