namespace Altar.Datasets.Shards.Stores;

/// <summary>Where shards lie: a folder, a web server, a bucket.</summary>
public interface IShardStore : IDisposable
{
    /// <summary>The store and a file in it, for messages.</summary>
    /// <param name="name">The file.</param>
    string NameOf(string name);

    /// <summary>Opens a file at a place.</summary>
    /// <param name="name">The file, relative to the store.</param>
    /// <param name="offset">Bytes to begin after.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The bytes from there on.</returns>
    /// <exception cref="Tensors.BadInputException">There is no such file, or it must not be read: trying again would not help.</exception>
    /// <exception cref="TransientException">It may work later.</exception>
    Task<Stream> OpenAsync(string name, long offset, CancellationToken cancel);

    /// <summary>Bytes of a file where that is known without asking a server; else null.</summary>
    /// <param name="name">The file, relative to the store.</param>
    long? LengthOf(string name);
}

/// <summary>A failure that may pass: a server that is busy, a connection that broke.</summary>
/// <param name="message">What happened, without the file.</param>
/// <param name="inner">The cause.</param>
public sealed class TransientException(string message, Exception? inner = null) : Exception(message, inner);
