using Altar.Datasets.Shards.Stores;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>Makes the index of shards that another program wrote.</summary>
public static class ShardScan
{
    /// <summary>Reads every .tar of a folder, by ordinal order of the name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Receives the number of shards read.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="BadInputException">No folder, no shard in it, one that is cut or changed, or a sample that lacks a part.</exception>
    public static ShardIndex Read(string folder, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        if (!Directory.Exists(folder)) throw new BadInputException($"{folder}: no such folder. Name the one that holds the .tar files.");
        string[] names = [.. Directory.EnumerateFiles(folder, "*.tar").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        if (names.Length == 0) throw new BadInputException($"{folder}: no .tar file in it. Name the folder that holds the shards.");

        using var store = new FolderStore(folder);
        using var set = new ShardSet(folder, store, new ShardIndex([.. names.Select(name => new ShardFile(name, 1, 1, null))], []));
        var columns = new ColumnTally();
        var shards = new List<ShardFile>();
        for (var shard = 0; shard < names.Length; shard++)
        {
            var (bytes, sha256) = set.Digest(names[shard], cancel);
            shards.Add(new ShardFile(names[shard], Count(set, shard, columns, cancel), bytes, sha256));
            progress?.Report(shards.Count);
        }

        return new ShardIndex(shards, columns.Columns);
    }

    private static int Count(ShardSet set, int shard, ColumnTally columns, CancellationToken cancel)
    {
        using var reader = set.Reader(shard, cancel);
        var count = 0;
        for (; reader.Next() is { } sample; count++)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (name, text) in sample.Columns) columns.Add(name, text);
        }

        return count > 0 ? count : throw new BadInputException($"{Path.Combine(set.Source, set.Index.Shards[shard].Name)}: it holds no sample. Remove it, or write it again.");
    }
}
