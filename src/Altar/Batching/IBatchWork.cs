namespace Altar.Batching;

/// <summary>What a <see cref="BatchPipeline"/> does: which batches, in what memory, filled with what. One pipeline at a time uses it.</summary>
internal interface IBatchWork
{
    int BatchesPerEpoch { get; }

    /// <summary>Memory for any batch of the plan.</summary>
    Staging Allocate();

    /// <summary>The batches from a place on, without end: the next epoch follows each epoch. Nothing is read before <see cref="Open"/>.</summary>
    IEnumerable<PlannedBatch> From(int epoch, int firstBatch);

    /// <summary>Called once for each batch, in the plan's order, before anything of it is filled; under the pipeline's lock.</summary>
    void Open(PlannedBatch batch, Staging staging);

    /// <summary>Writes one sample; from several threads at once.</summary>
    /// <returns>False if it cannot be read and the batch goes without it.</returns>
    bool TryFill(PlannedBatch batch, int position, Staging staging);

    /// <summary>Wakes whoever waits in <see cref="TryFill"/>: the pipeline ends.</summary>
    void Leave();
}
