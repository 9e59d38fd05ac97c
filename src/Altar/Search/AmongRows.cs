using Altar.Search.Usearch;

namespace Altar.Search;

/// <summary>Exact search among a few rows of many: they are copied side by side first.</summary>
internal static unsafe class AmongRows
{
    public static IReadOnlyList<(int Row, float Distance)> Search(IVectorRows vectors, int[] rows, byte[] query, VectorScalar scalar, int count)
    {
        var copies = GC.AllocateUninitializedArray<byte>(checked(rows.Length * query.Length));
        for (var i = 0; i < rows.Length; i++) vectors.Read(rows[i], copies.AsSpan(i * query.Length, query.Length));
        fixed (byte* start = copies)
        {
            return [.. ExactSearch.Nearest(start, rows.Length, query, scalar, count).Select(hit => (rows[hit.Row], hit.Distance))];
        }
    }
}
