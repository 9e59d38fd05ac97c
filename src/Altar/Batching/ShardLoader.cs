using Altar.Augmentation;
using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Batches of samples that stream from shards: sets of any size, in the memory of a buffer.</summary>
/// <remarks>
/// The order is known from the indices, so an epoch is entered anywhere with exactly the batches of the whole one: shards before the place are
/// not touched, samples before it are passed over by their headers. Sample numbers run over all sets in the order of their shards.
/// </remarks>
public sealed class ShardLoader : PlannedLoader
{
    /// <summary>Plans the batches; nothing is read yet.</summary>
    /// <param name="parts">The sets. Their targets must have one shape.</param>
    /// <param name="augmenter">Makes the input from a picture; its target is the size of the input.</param>
    /// <param name="normalization">How bytes become numbers.</param>
    /// <param name="setAside">Where damaged pictures are listed, by shard and key.</param>
    /// <param name="options">Batch size, order, threads, device. Without <see cref="BatchOptions.Shuffles"/> samples come by ascending number.</param>
    /// <param name="reading">Shuffling buffer, rank, world.</param>
    /// <param name="seed">Decides the order and each sample's view; the same on every rank.</param>
    /// <exception cref="BadInputException">The samples are too few for a single batch, or only some sets have a weight.</exception>
    public ShardLoader(IReadOnlyList<ShardPart> parts, Augmenter augmenter, Normalization normalization, SetAside setAside, BatchOptions options, ShardReadOptions reading, Seed seed)
        : base(new ShardWork(parts, augmenter, normalization, setAside, options, reading, seed), options)
    {
    }
}
