using System.Diagnostics;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Batches made by threads while the one before is in use; the same ones for any number of threads.</summary>
/// <remarks>
/// One consumer at a time. Threads and memory are kept from epoch to epoch; leaving an epoch early keeps what is ready, and the
/// epoch can be entered again where it was left. The cursor of a checkpoint is the epoch and the place of the next batch.
/// </remarks>
public abstract class PlannedLoader : IBatchSource
{
    private readonly IBatchWork _work;
    private readonly BatchOptions _options;
    private BatchPipeline? _pipeline;
    private (int Epoch, int Batch) _next;
    private long _waited, _wall;

    private protected PlannedLoader(IBatchWork work, BatchOptions options) => (_work, _options) = (work, options.Validated());

    /// <summary>Batches in each epoch, at least 1.</summary>
    public int BatchesPerEpoch => _work.BatchesPerEpoch;

    /// <summary>Time for which the consumer waited for a batch, over the loader's life.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, _waited);

    /// <summary>Time from each epoch's first request to its last batch's return, waiting included, over the loader's life.</summary>
    public TimeSpan Wall => Stopwatch.GetElapsedTime(0, _wall);

    /// <summary>The batches of one epoch. Reading starts with this call, and ends what was still read of another place; dispose each batch after use.</summary>
    /// <param name="epoch">The epoch; it decides order and views.</param>
    /// <param name="firstBatch">Where to enter the epoch, 0 to <see cref="BatchesPerEpoch"/>.</param>
    /// <param name="preparesNext">Whether the next epoch's first batches are read towards the end of this one, e.g. while validation runs.</param>
    /// <param name="cancel">Ends the waiting for a batch.</param>
    /// <returns>The batches in order; one without any readable sample is left out.</returns>
    /// <exception cref="BadInputException">Too many pictures are damaged, or what holds them cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0, bool preparesNext = false, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, BatchesPerEpoch);
        if (firstBatch == BatchesPerEpoch) return [];

        var lastEpoch = preparesNext ? epoch + 1 : epoch;
        if (_pipeline is null || _next != (epoch, firstBatch))
        {
            _pipeline?.Dispose();
            _pipeline = new BatchPipeline(_work, _options, epoch, firstBatch, lastEpoch);
            _next = (epoch, firstBatch);
        }

        _pipeline.AllowUpTo(lastEpoch);
        return Deliver(_pipeline, BatchesPerEpoch - firstBatch, cancel);
    }

    /// <summary>Stops the threads, each after the sample at hand, and frees the memory.</summary>
    public void Dispose()
    {
        Stop();
        GC.SuppressFinalize(this);
    }

    private IEnumerable<Batch> Deliver(BatchPipeline pipeline, int count, CancellationToken cancel)
    {
        for (var i = 0; i < count; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            var filled = Next(pipeline, cancel);
            _waited += Stopwatch.GetTimestamp() - asked;
            try
            {
                if (filled.Samples.Count == 0) pipeline.Return(filled.Staging);
                else yield return ToBatch(pipeline, filled);
            }
            finally   // also when the consumer leaves here
            {
                _wall += Stopwatch.GetTimestamp() - asked;
            }
        }
    }

    private BatchInWork Next(BatchPipeline pipeline, CancellationToken cancel)
    {
        try
        {
            var batch = pipeline.Next(cancel);
            var following = batch.Plan.Index + 1;
            _next = following < BatchesPerEpoch ? (batch.Plan.Epoch, following) : (batch.Plan.Epoch + 1, 0);
            return batch;
        }
        catch when (!cancel.IsCancellationRequested)
        {
            Stop();   // A failed pipeline has lost samples; the next epoch starts a new one.
            throw;
        }
    }

    private Batch ToBatch(BatchPipeline pipeline, BatchInWork filled)
    {
        var (images, labels) = filled.Staging.Take(filled.Samples.Count, _options.Device);
        return new Batch(filled.Plan with { Samples = filled.Samples }, images, labels, () => pipeline.Return(filled.Staging));
    }

    private void Stop()
    {
        _pipeline?.Dispose();
        _pipeline = null;
    }
}
