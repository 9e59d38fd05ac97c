using System.Diagnostics;
using System.Globalization;
using Altar.Search;
using Altar.Search.Usearch;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Benchmarks;

/// <summary>Recall@10 against exact search, queries a second on one core, size and building time of graphs over generated vectors.</summary>
/// <remarks>
/// The generator: clusters of about 100 vectors that overlap, which the first line of the result counts. Centres are normal numbers in a space of 32 dimensions, laid
/// into 256 by a random matrix; a vector is its centre plus as much of the same noise, plus 0.1 of noise in all 256, divided by its length. Queries come from the same
/// generator under another seed.
/// </remarks>
internal static class SearchSpeed
{
    private const int Dimensions = 256, Hidden = 32, PerCluster = 100, Queries = 1000, Found = 10, Chunk = 20_000;
    private const float Spread = 1, Noise = 0.1f;

    private static readonly HnswOptions[] Builds = [new() { Connectivity = 16, ExpansionAdd = 128 }, new() { Connectivity = 24, ExpansionAdd = 128 }, new() { Connectivity = 32, ExpansionAdd = 200 }];
    private static readonly int[] Expansions = [32, 64, 96, 128, 192, 256];

    /// <param name="count">Vectors.</param>
    /// <param name="only">A scalar and a connectivity, e.g. "f16" "24"; nothing measures all.</param>
    public static void Run(int count, params string[] only)
    {
        NativeLibraries.Prepare();
        Console.WriteLine($"{count} vectors of {Dimensions}, {Queries} queries, {Environment.ProcessorCount} threads build, one queries");
        var generator = new Generator(Math.Max(1, count / PerCluster));
        var (vectors, clusters) = generator.Make(count, new Seed(1));
        var (queries, asked) = generator.Make(Queries, new Seed(2));
        var exact = Exact(vectors, queries);
        var strangers = exact.Index().Sum(found => found.Item.Count(key => clusters[key] != asked[found.Index]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{strangers / (double)(Queries * Found):0.00} of the ten nearest are of another cluster than the query"));
        Console.WriteLine("scalar   M  ef_add  build s  size MiB   ef  recall@10  queries/s");
        foreach (var scalar in Enum.GetValues<VectorScalar>().Where(scalar => only.Length == 0 || scalar.ToString().Equals(only[0], StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var build in Builds.Where(build => only.Length < 2 || only[1] == build.Connectivity.ToString(CultureInfo.InvariantCulture))) Measure(scalar, build, vectors, queries, exact);
        }
    }

    private static void Measure(VectorScalar scalar, HnswOptions build, float[] vectors, float[] queries, HashSet<ulong>[] exact)
    {
        var count = vectors.Length / Dimensions;
        var path = Path.Combine(Path.GetTempPath(), $"altar-bench-{Environment.ProcessId}.usearch");
        var clock = Stopwatch.StartNew();
        using (var graph = HnswGraph.Create(Dimensions, scalar, build))
        {
            graph.Reserve(count);
            Parallel.For(0, count, i => graph.Add((ulong)i, VectorCode.Encode(scalar, vectors.AsSpan(i * Dimensions, Dimensions))));
            var seconds = clock.Elapsed.TotalSeconds;
            graph.Save(path);
            foreach (var expansion in Expansions) Query(path, scalar, build with { ExpansionSearch = expansion }, seconds, queries, exact);
        }

        File.Delete(path);
    }

    // From the mapped file, as the product does it: once to have it in memory, then timed.
    private static void Query(string path, VectorScalar scalar, HnswOptions options, double seconds, float[] queries, HashSet<ulong>[] exact)
    {
        using var graph = HnswGraph.Open(path, Dimensions, scalar, options, isWritable: false);
        var (keys, distances, hits) = (new ulong[Found], new float[Found], 0);
        for (var i = 0; i < Queries; i++)
        {
            graph.Search(VectorCode.Encode(scalar, queries.AsSpan(i * Dimensions, Dimensions)), keys, distances);
            hits += keys.Count(exact[i].Contains);
        }

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Queries; i++) graph.Search(VectorCode.Encode(scalar, queries.AsSpan(i * Dimensions, Dimensions)), keys, distances);
        var speed = Queries / clock.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{scalar.ToString().ToLowerInvariant(),-6} {options.Connectivity,3} {options.ExpansionAdd,7} {seconds,8:0.0} {new FileInfo(path).Length / 1048576.0,9:0.0} {options.ExpansionSearch,4} {hits / (double)(Queries * Found),10:0.000} {speed,10:0}"));
    }

    private static HashSet<ulong>[] Exact(float[] vectors, float[] queries)
    {
        using var scope = NewDisposeScope();
        var asked = tensor(queries, [Queries, Dimensions]);                                        // [Q, D]
        var best = new List<(float Score, ulong Key)>[Queries];
        for (var i = 0; i < Queries; i++) best[i] = [];
        for (var first = 0; first < vectors.Length / Dimensions; first += Chunk)
        {
            using var inner = NewDisposeScope();
            var rows = Math.Min(Chunk, (vectors.Length / Dimensions) - first);
            var some = tensor(vectors.AsSpan(first * Dimensions, rows * Dimensions).ToArray(), [rows, Dimensions]);
            var (scores, places) = asked.mm(some.transpose(0, 1)).topk(Math.Min(Found, rows), 1);   // [Q, 10]
            var (score, place) = (scores.contiguous().data<float>().ToArray(), places.contiguous().data<long>().ToArray());
            for (var i = 0; i < score.Length; i++) best[i / Found].Add((score[i], (ulong)(first + place[i])));
        }

        return [.. best.Select(found => found.OrderByDescending(hit => hit.Score).Take(Found).Select(hit => hit.Key).ToHashSet())];
    }

    private sealed class Generator
    {
        private readonly Random _random = new Seed(0).ToRandom();
        private readonly float[] _basis;     // Hidden x Dimensions
        private readonly float[][] _centres;

        public Generator(int clusters)
        {
            _basis = Normals(_random, Hidden * Dimensions);
            _centres = [.. Enumerable.Range(0, clusters).Select(_ => Normals(_random, Hidden))];
        }

        public (float[] Vectors, int[] Clusters) Make(int count, Seed seed)
        {
            var (vectors, clusters) = (new float[count * Dimensions], new int[count]);
            Parallel.For(0, count, i => clusters[i] = Fill(vectors.AsSpan(i * Dimensions, Dimensions), seed.For(i).ToRandom()));
            return (vectors, clusters);
        }

        private int Fill(Span<float> vector, Random random)
        {
            var hidden = Normals(random, Hidden);
            var cluster = random.Next(_centres.Length);
            var centre = _centres[cluster];
            for (var h = 0; h < Hidden; h++)
            {
                var value = centre[h] + (Spread * hidden[h]);
                for (var d = 0; d < Dimensions; d++) vector[d] += value * _basis[(h * Dimensions) + d] / MathF.Sqrt(Hidden);
            }

            var noise = Normals(random, Dimensions);
            for (var d = 0; d < Dimensions; d++) vector[d] += Noise * noise[d];
            VectorCode.Normalize(vector);
            return cluster;
        }

        // Box and Muller 1958.
        private static float[] Normals(Random random, int count)
        {
            var numbers = new float[count];
            for (var i = 0; i < count; i++) numbers[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            return numbers;
        }
    }
}
