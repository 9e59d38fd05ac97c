using Altar.Tensors;

namespace Altar.Datasets.Shards.Stores;

/// <summary>Stores by their address.</summary>
public static class ShardStores
{
    /// <summary>Whether a text names a web server or a bucket.</summary>
    /// <param name="path">A path or address.</param>
    public static bool IsRemote(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) || IsHttp(path);
    }

    /// <summary>The store at an address.</summary>
    /// <param name="path">A folder, http(s)://HOST/PATH or s3://BUCKET/PREFIX; with or without the index's name at its end.</param>
    /// <exception cref="BadInputException">An address that cannot be one.</exception>
    public static IShardStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = path.EndsWith(ShardIndex.FileName, StringComparison.Ordinal) ? path[..^ShardIndex.FileName.Length] : path;
        if (!IsRemote(path)) return new FolderStore(folder.Length == 0 ? "." : folder);
        if (!Uri.TryCreate(folder, UriKind.Absolute, out var address) || address.Host.Length == 0)
            throw new BadInputException($"{path}: no such address can be. Write s3://BUCKET/PREFIX or https://HOST/PATH.");
        return IsHttp(path) ? new HttpStore(address) : new S3Store(address.Host, Uri.UnescapeDataString(address.AbsolutePath));
    }

    private static bool IsHttp(string path) =>
        path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
