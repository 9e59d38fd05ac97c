using System.Globalization;
using Altar.Augmentation;
using Altar.Batching;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Training;

/// <summary>How a stage looks at pictures.</summary>
/// <param name="Augmentation">What may happen to a picture.</param>
/// <param name="Size">Size of the network's input.</param>
public sealed record PictureView(AugmentationOptions Augmentation, PixelSize Size);

/// <summary>One side of a run's data, training or validation, which can be opened in any view.</summary>
public abstract class PictureFeed
{
    /// <summary>Samples in an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>What people call a sample: the path of its picture, or its number.</summary>
    /// <param name="sample">Its number.</param>
    public virtual string NameOf(int sample) => sample.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether samples can only be read one after the other, so that what is computed of them is not kept by number. Default false.</summary>
    public virtual bool IsStreamed => false;

    /// <summary>Which samples each shuffled epoch visits, where that is not each once. Default null.</summary>
    /// <param name="seed">Decides the order.</param>
    public virtual EpochOrder? OrderOf(Seed seed) => null;

    /// <summary>Batches in an epoch.</summary>
    /// <param name="options">Batch size, and what happens to an incomplete batch.</param>
    /// <exception cref="BadInputException">The samples are too few for a single batch.</exception>
    public virtual int BatchesPerEpoch(BatchOptions options) => new BatchPlan(Count, options, new Seed(0)).BatchesPerEpoch;

    /// <summary>Opens its batches.</summary>
    /// <param name="view">How the pictures are looked at.</param>
    /// <param name="options">Batch size, order, threads, device.</param>
    /// <param name="seed">Decides order and views.</param>
    public abstract IBatchSource Open(PictureView view, BatchOptions options, Seed seed);
}

/// <summary>A feed of numbered samples, put together by a <see cref="BatchLoader"/>.</summary>
/// <param name="count">Samples in an epoch.</param>
/// <param name="samples">The samples in a view; as many in each.</param>
public sealed class SampleFeed(int count, Func<PictureView, ISampleSource> samples) : PictureFeed
{
    /// <summary>Names of the samples. Null (default): their numbers.</summary>
    public Func<int, string>? Names { get; init; }

    /// <summary>Which samples an epoch visits, such as a <see cref="SetMixture"/> made of the seed. Null (default): each once.</summary>
    public Func<Seed, EpochOrder>? Mixture { get; init; }

    /// <inheritdoc/>
    public override int Count => count;

    /// <inheritdoc/>
    public override string NameOf(int sample) => Names?.Invoke(sample) ?? base.NameOf(sample);

    /// <inheritdoc/>
    public override EpochOrder? OrderOf(Seed seed) => Mixture?.Invoke(seed);

    /// <inheritdoc/>
    public override IBatchSource Open(PictureView view, BatchOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new BatchLoader(samples(view), options, seed, options.Shuffles ? OrderOf(seed) : null);
    }
}
