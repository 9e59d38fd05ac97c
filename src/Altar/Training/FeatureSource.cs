using Altar.Batching;
using Altar.Networks;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>The embeddings of a set under a frozen trunk and a fixed view, computed at the first epoch and reused in the others.</summary>
/// <remarks>Same batches in the same order as from the pictures. Kuzin's iNaturalist scripts train the head this way (github.com/N01Z3/iNaturalist).</remarks>
public sealed class FeatureSource : IBatchSource
{
    private readonly Classifier _network;
    private readonly IBatchSource _pictures;
    private readonly BatchPlan _plan;
    private readonly Dictionary<int, long> _rows = [];   // sample -> row; damaged pictures have none
    private Tensor? _embeddings, _labels;

    /// <summary>Plans the batches; nothing is computed yet.</summary>
    /// <param name="feed">The set.</param>
    /// <param name="view">A view without chance.</param>
    /// <param name="options">Batch size, order, threads, device.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="network">Its trunk must not change while this lives.</param>
    public FeatureSource(PictureFeed feed, PictureView view, BatchOptions options, Seed seed, Classifier network)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(options);
        _network = network;
        _plan = new BatchPlan(feed.Count, options, seed, options.Shuffles ? feed.OrderOf(seed) : null);
        _pictures = feed.Open(view, options with { Shuffles = false, SmallestBatch = 1, Order = null }, seed);
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch => _plan.BatchesPerEpoch;

    /// <inheritdoc/>
    public TimeSpan Waited => _pictures.Waited;

    /// <summary>Whether a set's embeddings fit into a quarter of the memory that the process may use.</summary>
    /// <param name="count">Pictures.</param>
    /// <param name="length">Length of an embedding.</param>
    public static bool Fits(int count, int length) =>
        (long)count * length * sizeof(float) < GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0, bool preparesNext = false, CancellationToken cancel = default)
    {
        if (_embeddings is null) Compute(cancel);
        foreach (var planned in _plan.From(epoch, firstBatch).TakeWhile(planned => planned.Epoch == epoch))
        {
            var samples = planned.Samples.Where(_rows.ContainsKey).ToList();
            if (samples.Count > 0) yield return Gather(planned with { Samples = samples });
        }
    }

    /// <summary>Frees the embeddings and stops the loader.</summary>
    public void Dispose()
    {
        _embeddings?.Dispose();
        _labels?.Dispose();
        _pictures.Dispose();
    }

    private void Compute(CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _rows.Clear();   // an attempt before may have been cancelled
        var (embeddings, labels) = (new List<Tensor>(), new List<Tensor>());
        foreach (var batch in _pictures.Epoch(0, cancel: cancel))
        {
            using (batch)
            {
                foreach (var sample in batch.Samples) _rows.Add(sample, _rows.Count);
                embeddings.Add(_network.Embed(batch.Images));   // [N, D]
                labels.Add(batch.Labels.clone());               // [N]
            }
        }

        (_embeddings, _labels) = (cat(embeddings).DetachFromDisposeScope(), cat(labels).DetachFromDisposeScope());
    }

    private Batch Gather(PlannedBatch planned)
    {
        using var rows = tensor(planned.Samples.Select(sample => _rows[sample]).ToArray(), device: _embeddings!.device);   // [N]
        return new Batch(planned, _embeddings.index_select(0, rows), _labels!.index_select(0, rows));
    }
}
