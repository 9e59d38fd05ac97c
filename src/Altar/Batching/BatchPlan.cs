using Altar.Tensors;

namespace Altar.Batching;

/// <summary>The samples that an epoch visits, in order; the same for the same epoch. A sample may come more than once, or not at all.</summary>
/// <param name="epoch">The epoch.</param>
/// <returns>Numbers of samples, as many in every epoch.</returns>
public delegate IReadOnlyList<int> EpochOrder(int epoch);

/// <summary>Which samples form which batch: a function of seed, epoch and place alone, so that any epoch can be entered anywhere.</summary>
public sealed class BatchPlan
{
    private readonly int _count;
    private readonly BatchOptions _options;
    private readonly Seed _seed;
    private readonly EpochOrder? _order;

    /// <summary>Plans batches over <paramref name="count"/> samples.</summary>
    /// <param name="count">Number of samples, at least 1.</param>
    /// <param name="options">Batch size, order, and what happens to an incomplete batch.</param>
    /// <param name="seed">Decides the order and each sample's view.</param>
    /// <param name="order">Which samples an epoch visits; where <see cref="BatchOptions.Order"/> does not. Default: as the options say.</param>
    /// <exception cref="BadInputException">The samples are too few for a single batch, or two orders are given.</exception>
    public BatchPlan(int count, BatchOptions options, Seed seed, EpochOrder? order = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_count, _options, _seed, _order) = (count, order is null ? options.Validated() : options.WithoutOrder("mixed sets"), seed, order ?? options.Order);
        SamplesPerEpoch = _order is null ? count : _order(0).Count;
        BatchesPerEpoch = Batches(SamplesPerEpoch, options);
        if (BatchesPerEpoch == 0) throw TooFew(SamplesPerEpoch, options);
    }

    /// <summary>Samples that an epoch visits, those of a dropped last batch included.</summary>
    public int SamplesPerEpoch { get; }

    /// <summary>Batches in each epoch, at least 1.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>The order in which an epoch visits the samples: a permutation of 0 .. count - 1, or as the order given says.</summary>
    /// <param name="epoch">The epoch.</param>
    public IReadOnlyList<int> Order(int epoch)
    {
        if (_order is not null) return _order(epoch);
        int[] order = [.. Enumerable.Range(0, _count)];
        if (_options.Shuffles) _seed.For("order").For(epoch).ToRandom().Shuffle(order);
        return order;
    }

    /// <summary>The chance of one sample's view.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="sample">Number of the sample.</param>
    public Seed View(int epoch, int sample) => _seed.For("view").For(epoch).For(sample);

    /// <summary>The chance of the view at a place. Under an order of one's own a sample may come twice in an epoch: its views differ.</summary>
    internal Seed View(PlannedBatch batch, int position)
    {
        var view = View(batch.Epoch, batch.Samples[position]);
        return _order is null ? view : view.For(((long)batch.Index * _options.Batch) + position);
    }

    internal static int Batches(int samples, BatchOptions options) =>
        (samples / options.Batch) + (samples % options.Batch >= options.SmallestBatch ? 1 : 0);

    internal static BadInputException TooFew(int samples, BatchOptions options) =>
        new($"{samples} pictures make no batch of at least {options.SmallestBatch}; add pictures or lower the batch size.");

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
