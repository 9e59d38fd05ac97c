using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Batches of several shapes, each of one: every picture comes in the shape nearest to its own aspect.</summary>
/// <remarks>
/// Without <see cref="BatchOptions.Shuffles"/> the samples still change places between the shapes; <see cref="SampleOrder"/> puts
/// what was computed of them back in order. Memory is that of the largest shape.
/// </remarks>
public sealed class BucketedLoader : PlannedLoader
{
    /// <summary>Plans the batches; nothing is read yet.</summary>
    /// <param name="sizes">Size of each sample's upright picture, e.g. from <see cref="Datasets.PictureSizes"/>; null leaves the sample out, since it cannot be read.</param>
    /// <param name="buckets">The shapes.</param>
    /// <param name="source">The samples in one of the shapes, or several views in that shape below each other; called once for each shape. All must have the same count, channels and targets, and outlive the loader.</param>
    /// <param name="options">Batch size (for every shape), order, threads, device.</param>
    /// <param name="seed">Decides the order and each sample's view.</param>
    /// <exception cref="BadInputException">The samples are too few for a single batch.</exception>
    public BucketedLoader(IReadOnlyList<PixelSize?> sizes, ShapeBuckets buckets, Func<PixelSize, ISampleSource> source, BatchOptions options, Seed seed)
        : base(new BucketedWork(sizes, buckets, source, options, seed), options)
    {
    }

    private sealed class BucketedWork : IBatchWork
    {
        private readonly ISampleSource[] _sources;
        private readonly ISampleSource _largest;
        private readonly BucketPlan _plan;
        private readonly BatchOptions _options;

        public BucketedWork(IReadOnlyList<PixelSize?> sizes, ShapeBuckets buckets, Func<PixelSize, ISampleSource> source, BatchOptions options, Seed seed)
        {
            ArgumentNullException.ThrowIfNull(sizes);
            ArgumentNullException.ThrowIfNull(buckets);
            ArgumentNullException.ThrowIfNull(source);
            _options = options;
            _sources = [.. buckets.Shapes.Select(source)];
            _largest = _sources.MaxBy(one => one.Size.Area)!;
            foreach (var (one, shape) in _sources.Zip(buckets.Shapes))
            {
                if (one.Size.Width != shape.Width || one.Size.Height % shape.Height != 0) throw new ArgumentException($"The source for {shape} makes inputs of {one.Size}.", nameof(source));
                ArgumentOutOfRangeException.ThrowIfNotEqual(one.Count, sizes.Count, nameof(source));
                ArgumentOutOfRangeException.ThrowIfNotEqual(one.Channels, _largest.Channels, nameof(source));
                if (!one.TargetShape.SequenceEqual(_largest.TargetShape)) throw new ArgumentException("The sources have different targets.", nameof(source));
            }

            _plan = new BucketPlan([.. sizes.Select(size => size is { } known ? buckets.Choose(known) : -1)], options, seed);
        }

        public int BatchesPerEpoch => _plan.BatchesPerEpoch;

        public Staging Allocate() => new(_largest, Math.Min(_options.Batch, _largest.Count), _options.Device);

        public IEnumerable<PlannedBatch> From(int epoch, int firstBatch) => _plan.From(epoch, firstBatch);

        public void Open(PlannedBatch batch, Staging staging) => staging.Shape(_sources[batch.Shape].Size);

        public bool TryFill(PlannedBatch batch, int position, Staging staging)
        {
            var sample = batch.Samples[position];
            return _sources[batch.Shape].TryFill(sample, _plan.View(batch.Epoch, sample), staging.Input(position), staging.Target(position));
        }

        public void Leave()
        {
        }
    }
}
