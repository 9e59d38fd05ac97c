using System.Security.Cryptography;
using Altar.Datasets.Shards.Stores;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>Samples in tar files, local, on a web server or in S3, with their index.</summary>
public sealed class ShardSet : IDisposable
{
    private readonly IShardStore _store;
    private readonly RetryOptions _retry;

    /// <summary>A set whose index is known.</summary>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="store">Where the shards lie; freed with the set.</param>
    /// <param name="index">Its index.</param>
    /// <param name="retry">How long a server is asked again.</param>
    public ShardSet(string source, IShardStore store, ShardIndex index, RetryOptions? retry = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(index);
        (Source, _store, Index, _retry) = (source, store, index, (retry ?? new RetryOptions()).Validated());
    }

    /// <summary>Where it came from.</summary>
    public string Source { get; }

    /// <summary>Its shards and columns.</summary>
    public ShardIndex Index { get; }

    /// <summary>Number of samples.</summary>
    public int Count => (int)Index.Samples;

    /// <summary>Whether a path names shards: an address, a folder with an index, or an index.</summary>
    /// <param name="path">A path or address.</param>
    public static bool IsShards(string path) =>
        ShardStores.IsRemote(path) || (Path.GetFileName(path) == ShardIndex.FileName && File.Exists(path)) || File.Exists(Path.Combine(path, ShardIndex.FileName));

    /// <summary>Opens shards by their index; local ones must have the lengths that it lists.</summary>
    /// <param name="path">A folder, http(s)://HOST/PATH or s3://BUCKET/PREFIX.</param>
    /// <param name="retry">How long a server is asked again.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="BadInputException">No index, or a shard that is missing or cut; a server that refuses or stays silent.</exception>
    public static ShardSet Open(string path, RetryOptions? retry = null, CancellationToken cancel = default)
    {
        var store = ShardStores.Open(path);
        try
        {
            return Open(path, store, retry, cancel);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Opens the shards of a store by their index.</summary>
    /// <param name="source">What to call them in messages.</param>
    /// <param name="store">Where they lie; freed with the set.</param>
    /// <param name="retry">How long a server is asked again.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="BadInputException">As above.</exception>
    public static ShardSet Open(string source, IShardStore store, RetryOptions? retry = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        retry = (retry ?? new RetryOptions()).Validated();
        if (store is FolderStore && !File.Exists(store.NameOf(ShardIndex.FileName)))
            throw new BadInputException($"{source}: no {ShardIndex.FileName} in it. For shards of another origin write it with: altar shard {source} --index.");
        using var stream = new StoreStream(store, ShardIndex.FileName, retry, cancel);
        var set = new ShardSet(source, store, ShardIndex.Parse(ReadAll(stream), store.NameOf(ShardIndex.FileName)), retry);
        foreach (var shard in set.Index.Shards) set.RequireLength(shard);
        return set;
    }

    /// <summary>The classes in a column: its distinct texts by ordinal order.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="BadInputException">There is no such column, or it has too many texts to be classes.</exception>
    public IReadOnlyList<string> Classes(string column) => RequireColumn(column).Values
        ?? throw new BadInputException($"{Source}: the column '{column}' has more than {ShardColumn.MostValues} different texts, so it names no classes. Name another column, or list the classes.");

    /// <summary>All samples of one shard, from its start; nothing is decoded.</summary>
    /// <param name="shard">Index into the shards.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="BadInputException">The shard is cut, changed or not to be had, a sample lacks a part, or there are more or fewer than the index lists.</exception>
    public IEnumerable<ShardSample> Read(int shard, CancellationToken cancel = default)
    {
        using var reader = Reader(shard, cancel);
        var count = 0;
        for (; reader.Next() is { } sample; count++) yield return sample;
        if (count != Index.Shards[shard].Samples)
            throw new BadInputException($"{_store.NameOf(Index.Shards[shard].Name)}: it holds {count} samples, the index lists {Index.Shards[shard].Samples}. Write the index again (altar shard FOLDER --index).");
    }

    /// <summary>Reads every byte and compares it with the index: lengths, checksums, headers, samples.</summary>
    /// <param name="progress">Receives the number of shards read.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="BadInputException">A shard is not as it was written; the message names the first.</exception>
    public void Verify(IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        for (var shard = 0; shard < Index.Shards.Count; shard++)
        {
            var listed = Index.Shards[shard];
            var (bytes, sha256) = Digest(listed.Name, cancel);
            if (bytes != listed.Bytes) throw WrongLength(listed, bytes);
            if (listed.Sha256 is { } expected && !string.Equals(expected, sha256, StringComparison.OrdinalIgnoreCase))
                throw new BadInputException($"{_store.NameOf(listed.Name)}: its bytes were changed: the checksum is {sha256}, the index lists {expected}. Copy or write the shard again.");
            foreach (var sample in Read(shard, cancel)) _ = sample.Columns;
            progress?.Report(shard + 1);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _store.Dispose();

    internal ShardColumn RequireColumn(string column)
    {
        var known = Index.Columns.Select(one => one.Name).ToList();
        return Index.Columns.FirstOrDefault(one => one.Name == column)
            ?? throw new BadInputException(known.Count == 0 ? $"{Source}: the samples have no columns." : $"{Source}: no column '{column}'. There are {Names.Few(known)}; did you mean {NearestName.Of(column, known)}?");
    }

    internal ShardReader Reader(int shard, CancellationToken cancel)
    {
        var name = Index.Shards[shard].Name;
        return new ShardReader(new StoreStream(_store, name, _retry, cancel), name, _store.NameOf(name));
    }

    internal (long Bytes, string Sha256) Digest(string name, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new StoreStream(_store, name, _retry, cancel);
        var buffer = new byte[1 << 16];
        long bytes = 0;
        for (int read; (read = stream.ReadUpTo(buffer)) > 0; bytes += read)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private void RequireLength(ShardFile shard)
    {
        if (_store.LengthOf(shard.Name) is { } length && length != shard.Bytes) throw WrongLength(shard, length);
    }

    private BadInputException WrongLength(ShardFile shard, long length) => new(
        $"{_store.NameOf(shard.Name)}: it has {length} bytes, the index lists {shard.Bytes}: it {(length < shard.Bytes ? "is cut" : "was changed")}. Copy or write the shard again.");

    private static byte[] ReadAll(StoreStream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.ReadUpTo(buffer)) > 0;) all.Write(buffer, 0, read);
        return all.ToArray();
    }
}
