using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Training;

/// <summary>A feed of samples that stream from shards.</summary>
/// <param name="parts">The sets.</param>
/// <param name="normalization">How bytes become numbers.</param>
/// <param name="setAside">Where damaged pictures are listed, by shard and key.</param>
/// <param name="reading">Shuffling buffer, rank, world.</param>
public sealed class ShardFeed(IReadOnlyList<ShardPart> parts, Normalization normalization, SetAside setAside, ShardReadOptions reading) : PictureFeed
{
    /// <inheritdoc/>
    public override int Count => parts.Sum(part => part.Set.Count);

    /// <inheritdoc/>
    public override bool IsStreamed => true;

    /// <inheritdoc/>
    public override IBatchSource Open(PictureView view, BatchOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new ShardLoader(parts, new Augmenter(view.Augmentation, view.Size), normalization, setAside, options, reading, seed);
    }
}
