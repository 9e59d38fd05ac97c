using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Altar.Search.Usearch;

/// <summary>A graph of nearest neighbours by cosine, in memory or mapped from its file. Keys are numbers of the caller.</summary>
internal sealed unsafe class HnswGraph : IDisposable
{
    private readonly GraphHandle _handle;
    private readonly int _kind, _bytes;
    private readonly SemaphoreSlim _contexts = new(Environment.ProcessorCount);   // the library keeps one for each processor, and fails or worse beyond
    private nuint _capacity;

    private HnswGraph(int dimensions, VectorScalar scalar, HnswOptions hnsw)
    {
        (_kind, _bytes) = (UsearchLibrary.ScalarKind(scalar), VectorCode.Bytes(scalar, dimensions));
        var options = new UsearchLibrary.Options
        {
            Metric = UsearchLibrary.CosineMetric,
            Scalar = _kind,
            Dimensions = (nuint)dimensions,
            Connectivity = (nuint)hnsw.Connectivity,
            ExpansionAdd = (nuint)hnsw.ExpansionAdd,
            ExpansionSearch = (nuint)hnsw.ExpansionSearch,
        };
        _handle = new GraphHandle(UsearchLibrary.Create(ref options, out var error));
        UsearchLibrary.Check(error);
    }

    /// <summary>An empty graph.</summary>
    public static HnswGraph Create(int dimensions, VectorScalar scalar, HnswOptions hnsw) => new(dimensions, scalar, hnsw);

    /// <summary>Opens a graph's file.</summary>
    /// <param name="path">What <see cref="Save"/> wrote, whole.</param>
    /// <param name="dimensions">Numbers a vector.</param>
    /// <param name="scalar">Their kind.</param>
    /// <param name="hnsw">The settings for what comes.</param>
    /// <param name="isWritable">Reads it into memory, so that it can be changed; otherwise the file is mapped.</param>
    public static HnswGraph Open(string path, int dimensions, VectorScalar scalar, HnswOptions hnsw, bool isWritable)
    {
        var graph = new HnswGraph(dimensions, scalar, hnsw);
        try
        {
            graph.Read(path, isWritable);
            if ((int)UsearchLibrary.Dimensions(graph._handle, out _) != dimensions) throw new InvalidOperationException($"USearch: {path} has other dimensions than {dimensions}.");
            UsearchLibrary.ChangeExpansionSearch(graph._handle, (nuint)hnsw.ExpansionSearch, out var error);
            UsearchLibrary.ChangeExpansionAdd(graph._handle, (nuint)hnsw.ExpansionAdd, out error);
            graph._capacity = UsearchLibrary.Size(graph._handle, out error);
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Vectors in the graph.</summary>
    public int Count => (int)UsearchLibrary.Size(_handle, out _);

    /// <summary>Makes room for so many vectors in all. Adding beyond it is an error of the caller.</summary>
    public void Reserve(int count)
    {
        if ((nuint)count <= _capacity) return;
        _capacity = (nuint)Math.Max(count, Math.Min(2L * (long)_capacity, count + 1_000_000L));   // few reallocations, little waste
        UsearchLibrary.Reserve(_handle, _capacity, out var error);
        UsearchLibrary.Check(error);
    }

    /// <summary>Adds a vector. Safe from many threads, not beside a search.</summary>
    public void Add(ulong key, ReadOnlySpan<byte> vector)
    {
        RequireLength(vector);
        _contexts.Wait();
        try
        {
            fixed (byte* bytes = vector)
            {
                UsearchLibrary.Add(_handle, key, bytes, _kind, out var error);
                UsearchLibrary.Check(error);
            }
        }
        finally
        {
            _contexts.Release();
        }
    }

    /// <summary>Takes a vector out; its place is used again.</summary>
    public void Remove(ulong key)
    {
        UsearchLibrary.Remove(_handle, key, out var error);
        UsearchLibrary.Check(error);
    }

    /// <summary>Gives a vector another key.</summary>
    public void Rename(ulong from, ulong to)
    {
        UsearchLibrary.Rename(_handle, from, to, out var error);
        UsearchLibrary.Check(error);
    }

    /// <summary>Copies the vector of a key.</summary>
    public void Get(ulong key, Span<byte> vector)
    {
        RequireLength(vector);
        fixed (byte* bytes = vector)
        {
            if (UsearchLibrary.Get(_handle, key, 1, bytes, _kind, out var error) != 1) throw new InvalidOperationException($"USearch: there is no vector {key}.");
            UsearchLibrary.Check(error);
        }
    }

    /// <summary>The nearest vectors, nearest first.</summary>
    /// <param name="query">Encoded like the vectors.</param>
    /// <param name="keys">Filled with their keys.</param>
    /// <param name="distances">Filled with 1 - cosine.</param>
    /// <param name="allowed">Bit k of word k / 64 says whether key k may be found; null: all may.</param>
    /// <returns>How many were found.</returns>
    public int Search(ReadOnlySpan<byte> query, Span<ulong> keys, Span<float> distances, ulong[]? allowed = null)
    {
        RequireLength(query);
        var limit = (nuint)Math.Min(keys.Length, distances.Length);
        _contexts.Wait();
        try
        {
            fixed (byte* bytes = query)
            fixed (ulong* found = keys)
            fixed (float* away = distances)
            fixed (ulong* bits = allowed)
            {
                nint error;
                var count = bits is null
                    ? UsearchLibrary.Search(_handle, bytes, _kind, limit, found, away, out error)
                    : UsearchLibrary.FilteredSearch(_handle, bytes, _kind, limit, &IsAllowed, bits, found, away, out error);
                UsearchLibrary.Check(error);
                return (int)count;
            }
        }
        finally
        {
            _contexts.Release();
        }
    }

    /// <summary>Writes the file and flushes it.</summary>
    public void Save(string path)
    {
        UsearchLibrary.Save(_handle, path, out var error);
        UsearchLibrary.Check(error);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _contexts.Dispose();
    }

    private void Read(string path, bool isWritable)
    {
        nint error;
        if (isWritable) UsearchLibrary.Load(_handle, path, out error);
        else UsearchLibrary.View(_handle, path, out error);
        UsearchLibrary.Check(error);
    }

    private void RequireLength(ReadOnlySpan<byte> vector)
    {
        if (vector.Length != _bytes) throw new ArgumentException($"A vector of {vector.Length} bytes where {_bytes} are due.", nameof(vector));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsAllowed(ulong key, void* bits) => (int)((((ulong*)bits)[key >> 6] >> (int)(key & 63)) & 1);
}
