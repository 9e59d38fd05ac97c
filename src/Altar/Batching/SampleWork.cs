namespace Altar.Batching;

/// <summary>Batches of one source's samples, which can be read in any order.</summary>
internal sealed class SampleWork(ISampleSource source, BatchPlan plan, BatchOptions options) : IBatchWork
{
    public int BatchesPerEpoch => plan.BatchesPerEpoch;

    public Staging Allocate() => new(source, Math.Min(options.Batch, plan.SamplesPerEpoch), options.Device);

    public IEnumerable<PlannedBatch> From(int epoch, int firstBatch) => plan.From(epoch, firstBatch);

    public void Open(PlannedBatch batch, Staging staging)
    {
    }

    public bool TryFill(PlannedBatch batch, int position, Staging staging) =>
        source.TryFill(batch.Samples[position], plan.View(batch, position), staging.Input(position), staging.Target(position));

    public void Leave()
    {
    }
}
