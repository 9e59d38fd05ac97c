using Altar.Tensors;

namespace Altar.Datasets.Shards.Stores;

/// <summary>Shards in a folder.</summary>
/// <param name="folder">The folder.</param>
public sealed class FolderStore(string folder) : IShardStore
{
    /// <inheritdoc/>
    public string NameOf(string name) => Path.Combine(folder, name);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(string name, long offset, CancellationToken cancel)
    {
        var path = NameOf(name);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            file.Position = offset;
            return Task.FromResult<Stream>(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: no such file. Copy it there, or correct the path.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new BadInputException($"{path}: it must not be read: {error.Message} Make it readable.", error);
        }
    }

    /// <inheritdoc/>
    public long? LengthOf(string name)
    {
        var file = new FileInfo(NameOf(name));
        return file.Exists ? file.Length : throw new BadInputException($"{file.FullName}: no such file, though the index lists it. Copy it there, or write the shards again.");
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
