using Altar.Tensors;

namespace Altar.Batching;

/// <summary>The samples of one batch before anything is read.</summary>
/// <param name="Epoch">The epoch it belongs to.</param>
/// <param name="Index">Its place in the epoch, from 0.</param>
/// <param name="Samples">Numbers of its samples, in order.</param>
public sealed record PlannedBatch(int Epoch, int Index, IReadOnlyList<int> Samples);

/// <summary>Which samples form which batch: a function of seed, epoch and place alone, so that any epoch can be entered anywhere.</summary>
public sealed class BatchPlan
{
    private readonly int _count;
    private readonly BatchOptions _options;
    private readonly Seed _seed;

    /// <summary>Plans batches over <paramref name="count"/> samples.</summary>
    /// <param name="count">Number of samples, at least 1.</param>
    /// <param name="options">Batch size, order, and what happens to an incomplete batch.</param>
    /// <param name="seed">Decides the order and each sample's view.</param>
    /// <exception cref="BadInputException">The samples are too few for a single batch.</exception>
    public BatchPlan(int count, BatchOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_count, _options, _seed) = (count, options.Validated(), seed);
        BatchesPerEpoch = (count / options.Batch) + (count % options.Batch >= options.SmallestBatch ? 1 : 0);
        if (BatchesPerEpoch == 0)
            throw new BadInputException($"{count} pictures make no batch of at least {options.SmallestBatch}; add pictures or lower the batch size.");
    }

    /// <summary>Batches in each epoch, at least 1.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>The order in which an epoch visits the samples: a permutation of 0 .. count - 1.</summary>
    /// <param name="epoch">The epoch.</param>
    public IReadOnlyList<int> Order(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, _count)];
        if (_options.Shuffles) _seed.For("order").For(epoch).ToRandom().Shuffle(order);
        return order;
    }

    /// <summary>The chance of one sample's view.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="sample">Number of the sample.</param>
    public Seed View(int epoch, int sample) => _seed.For("view").For(epoch).For(sample);

    /// <summary>The batches from a place on, without end: the next epoch follows each epoch.</summary>
    /// <param name="epoch">The first batch's epoch.</param>
    /// <param name="firstBatch">The first batch's place in it, 0 to <see cref="BatchesPerEpoch"/>.</param>
    public IEnumerable<PlannedBatch> From(int epoch, int firstBatch)
    {
        for (; ; epoch++, firstBatch = 0)
        {
            var order = Order(epoch);
            for (var index = firstBatch; index < BatchesPerEpoch; index++)
                yield return new PlannedBatch(epoch, index, [.. order.Skip(index * _options.Batch).Take(_options.Batch)]);
        }
    }
}
