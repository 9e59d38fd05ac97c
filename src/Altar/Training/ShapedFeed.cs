using Altar.Batching;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Training;

/// <summary>A feed of pictures that come in several shapes, each in the one nearest to its own; the size of the view has no say.</summary>
/// <param name="buckets">The shapes.</param>
/// <param name="sizes">Size of each upright picture, null for one that cannot be read; asked for once.</param>
/// <param name="samples">The samples in a view; as many in each as there are sizes.</param>
public sealed class ShapedFeed(ShapeBuckets buckets, IReadOnlyList<PixelSize?> sizes, Func<PictureView, ISampleSource> samples) : PictureFeed
{
    private readonly int[] _bucketOf = [.. sizes.Select(size => size is { } known ? buckets.Choose(known) : -1)];

    /// <summary>Names of the samples. Null (default): their numbers.</summary>
    public Func<int, string>? Names { get; init; }

    /// <inheritdoc/>
    public override int Count => sizes.Count;

    /// <inheritdoc/>
    public override string NameOf(int sample) => Names?.Invoke(sample) ?? base.NameOf(sample);

    /// <inheritdoc/>
    public override int BatchesPerEpoch(BatchOptions options) => new BucketPlan(_bucketOf, options, new Seed(0)).BatchesPerEpoch;

    /// <inheritdoc/>
    public override IBatchSource Open(PictureView view, BatchOptions options, Seed seed) =>
        new BucketedLoader(sizes, buckets, shape => samples(view with { Size = shape }), options, seed);
}
