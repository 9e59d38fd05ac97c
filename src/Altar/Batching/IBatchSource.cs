namespace Altar.Batching;

/// <summary>Where batches come from: decoded pictures, or embeddings computed before.</summary>
public interface IBatchSource : IDisposable
{
    /// <summary>Batches in each epoch, at least 1.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>Time for which the consumer waited for a batch, over the source's life.</summary>
    TimeSpan Waited { get; }

    /// <summary>The batches of one epoch: the same for the same epoch, whoever asks and whenever. Dispose each after use.</summary>
    /// <param name="epoch">The epoch; it decides order and views.</param>
    /// <param name="firstBatch">Where to enter the epoch, 0 to <see cref="BatchesPerEpoch"/>.</param>
    /// <param name="preparesNext">Whether the next epoch's first batches are read towards the end of this one.</param>
    /// <param name="cancel">Ends the waiting for a batch.</param>
    IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0, bool preparesNext = false, CancellationToken cancel = default);
}
