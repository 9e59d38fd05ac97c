using Altar.Batching;

namespace Altar.Training.Tricks;

/// <summary>Asks for an epoch's order no sooner than the epoch begins, for orders that depend on what was learnt before.</summary>
/// <remarks>A loader plans the epoch that follows while it still delivers one. Here every second of its epochs is skipped, so that what it planned too early is never used.</remarks>
/// <param name="source">Owned from here on.</param>
internal sealed class LateEpochs(IBatchSource source) : IBatchSource
{
    public int BatchesPerEpoch => source.BatchesPerEpoch;

    public TimeSpan Waited => source.Waited;

    public IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0, bool preparesNext = false, CancellationToken cancel = default) =>
        source.Epoch(checked(2 * epoch), firstBatch, preparesNext: false, cancel);

    public void Dispose() => source.Dispose();
}
