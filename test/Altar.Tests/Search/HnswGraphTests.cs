using Altar.Search;
using Altar.Search.Usearch;
using Altar.Tensors;

namespace Altar.Tests.Search;

public sealed class HnswGraphTests
{
    private const int Dimensions = 32, Count = 1500, Queries = 50, Found = 10;

    [Theory]
    [InlineData(VectorScalar.F32)]
    [InlineData(VectorScalar.F16)]
    [InlineData(VectorScalar.I8)]
    public void A_graph_finds_nearly_all_that_comparing_with_every_vector_finds(VectorScalar scalar)
    {
        using var graph = Graph(scalar, out var vectors);

        Assert.True(Recall(graph, scalar, vectors, allowed: null) > 0.95);
    }

    [Fact]
    public void A_filtered_graph_finds_only_what_is_allowed_and_nearly_all_of_it()
    {
        using var graph = Graph(VectorScalar.F16, out var vectors);
        var third = new RowSet(Count);
        for (var row = 0; row < Count; row += 3) third.Add(row);

        Assert.True(Recall(graph, VectorScalar.F16, vectors, third) > 0.95);
    }

    [Fact]
    public void The_same_vectors_make_the_same_graph()
    {
        using var one = Graph(VectorScalar.I8, out _);
        using var other = Graph(VectorScalar.I8, out _);

        Assert.Equal(Bytes(one), Bytes(other));
    }

    [Fact]
    public void A_place_that_was_given_up_is_used_again()
    {
        using var graph = Graph(VectorScalar.F32, out var vectors);

        graph.Remove(7);
        graph.Rename(Count - 1, 7);
        graph.Add(Count - 1, VectorCode.Encode(VectorScalar.F32, vectors[7]));

        var (keys, distances) = (new ulong[1], new float[1]);
        graph.Search(VectorCode.Encode(VectorScalar.F32, vectors[7]), keys, distances);
        Assert.Equal((ulong)(Count - 1), keys[0]);
        graph.Search(VectorCode.Encode(VectorScalar.F32, vectors[^1]), keys, distances);
        Assert.Equal(7UL, keys[0]);
        Assert.Equal(Count, graph.Count);
    }

    private static HnswGraph Graph(VectorScalar scalar, out float[][] vectors)
    {
        vectors = Vectors(Count, new Seed(1));
        var graph = HnswGraph.Create(Dimensions, scalar, new HnswOptions());
        graph.Reserve(Count);
        foreach (var (key, vector) in vectors.Index()) graph.Add((ulong)key, VectorCode.Encode(scalar, vector));
        return graph;
    }

    private static float[][] Vectors(int count, Seed seed)
    {
        var random = seed.ToRandom();
        var vectors = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        foreach (var vector in vectors) VectorCode.Normalize(vector);
        return vectors;
    }

    private static double Recall(HnswGraph graph, VectorScalar scalar, float[][] vectors, RowSet? allowed)
    {
        var hits = 0;
        foreach (var query in Vectors(Queries, new Seed(2)))
        {
            var rows = allowed?.Rows() ?? Enumerable.Range(0, Count);
            var exact = rows.OrderByDescending(row => VectorCode.Dot(query, vectors[row])).Take(Found).Select(row => (ulong)row).ToHashSet();
            var (keys, distances) = (new ulong[Found], new float[Found]);
            Assert.Equal(Found, graph.Search(VectorCode.Encode(scalar, query), keys, distances, allowed?.Bits));
            Assert.Equal(distances.Order(), distances);
            if (allowed is not null) Assert.All(keys, key => Assert.Contains((int)key, allowed.Rows()));
            hits += keys.Count(exact.Contains);
        }

        return (double)hits / (Queries * Found);
    }

    private static byte[] Bytes(HnswGraph graph)
    {
        var path = Path.GetTempFileName();
        graph.Save(path);
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
