using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Batches of one shape each: a function of seed, epoch and place alone.</summary>
/// <remarks>
/// The samples are visited in the epoch's order, each waits in its bucket, and a bucket that is full becomes a batch. What is left at
/// the end becomes the last batches. Where the order is shuffled, the batches are too: full ones would else come first.
/// </remarks>
public sealed class BucketPlan
{
    private readonly IReadOnlyList<int> _bucketOf;
    private readonly int[] _samples;
    private readonly int _buckets;
    private readonly BatchOptions _options;
    private readonly Seed _seed;

    /// <summary>Plans batches; samples without a bucket are left out.</summary>
    /// <param name="bucketOf">The bucket of each sample, from 0; -1 leaves it out.</param>
    /// <param name="options">Batch size, order, and what happens to an incomplete batch, of which each bucket may have one.</param>
    /// <param name="seed">Decides the order and each sample's view.</param>
    /// <exception cref="BadInputException">The samples are too few for a single batch.</exception>
    public BucketPlan(IReadOnlyList<int> bucketOf, BatchOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(bucketOf);
        ArgumentNullException.ThrowIfNull(options);
        (_bucketOf, _options, _seed) = (bucketOf, options.WithoutOrder("pictures of several shapes"), seed);
        _samples = [.. Enumerable.Range(0, bucketOf.Count).Where(sample => bucketOf[sample] >= 0)];
        _buckets = bucketOf.DefaultIfEmpty(-1).Max() + 1;
        BatchesPerEpoch = Enumerable.Range(0, _buckets).Sum(bucket => BatchPlan.Batches(bucketOf.Count(one => one == bucket), options));
        if (BatchesPerEpoch == 0) throw BatchPlan.TooFew(_samples.Length, options);
    }

    /// <summary>Batches in each epoch, at least 1.</summary>
    public int BatchesPerEpoch { get; }

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
            var batches = Batches(epoch);
            for (var index = firstBatch; index < batches.Count; index++)
                yield return new PlannedBatch(epoch, index, batches[index].Samples) { Shape = batches[index].Bucket };
        }
    }

    private List<(int Bucket, List<int> Samples)> Batches(int epoch)
    {
        var batches = new List<(int Bucket, List<int> Samples)>();
        var waiting = Enumerable.Range(0, _buckets).Select(_ => new List<int>()).ToArray();
        foreach (var sample in Order(epoch))
        {
            var bucket = _bucketOf[sample];
            waiting[bucket].Add(sample);
            if (waiting[bucket].Count < _options.Batch) continue;
            batches.Add((bucket, waiting[bucket]));
            waiting[bucket] = [];
        }

        batches.AddRange(waiting.Index().Where(rest => rest.Item.Count >= _options.SmallestBatch).Select(rest => (rest.Index, rest.Item)));
        if (!_options.Shuffles) return batches;
        var order = batches.ToArray();
        _seed.For("batches").For(epoch).ToRandom().Shuffle(order);
        return [.. order];
    }

    private int[] Order(int epoch)
    {
        int[] order = [.. _samples];
        if (_options.Shuffles) _seed.For("order").For(epoch).ToRandom().Shuffle(order);
        return order;
    }
}
