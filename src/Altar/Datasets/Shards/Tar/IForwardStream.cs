namespace Altar.Datasets.Shards.Tar;

/// <summary>Bytes that are read in one direction, where passing over some may be cheaper than reading them.</summary>
internal interface IForwardStream : IDisposable
{
    /// <summary>Reads until the span is full or the bytes end.</summary>
    /// <returns>Bytes read.</returns>
    int ReadUpTo(Span<byte> bytes);

    /// <summary>Passes over bytes; passing the end shows at the next read.</summary>
    void Skip(long bytes);
}
