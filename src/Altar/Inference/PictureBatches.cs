using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using TorchSharp;

namespace Altar.Inference;

/// <summary>Opens the pictures that a trained network judges, in the size or the shapes that it takes.</summary>
internal static class PictureBatches
{
    /// <summary>Opens the batches; in several shapes the samples change places, and <see cref="SampleOrder"/> restores them.</summary>
    /// <param name="samples">The pictures.</param>
    /// <param name="card">The network's size and shapes.</param>
    /// <param name="options">Batch, threads, and other shapes.</param>
    /// <param name="device">Where the batches are wanted.</param>
    /// <param name="setAside">Where pictures that cannot be read are listed.</param>
    /// <param name="source">The samples in a size.</param>
    /// <param name="cancel">Ends the reading of sizes.</param>
    /// <exception cref="BadInputException">The network takes no other shape.</exception>
    public static IBatchSource Open(
        IReadOnlyList<Sample> samples, ModelCard card, PredictOptions options, torch.Device device, SetAside setAside, Func<PixelSize, ISampleSource> source, CancellationToken cancel)
    {
        var shapes = ShapesOf(card, options);
        var batches = new BatchOptions { Batch = options.Batch, Threads = options.Threads, Shuffles = false, Device = device };
        if (shapes.Count == 0) return new BatchLoader(source(card.Size), batches, new Seed(0));
        var sizes = PictureSizes.Read(samples, setAside, options.Threads, cancel);
        return sizes.Any(size => size is not null)
            ? new BucketedLoader(sizes, new ShapeBuckets(shapes), source, batches, new Seed(0))
            : new BatchLoader(source(card.Size), batches, new Seed(0));   // which finds them damaged, too
    }

    /// <summary>The shapes that pictures are judged in; none: all in the card's size.</summary>
    /// <exception cref="BadInputException">The network takes no other shape.</exception>
    public static IReadOnlyList<PixelSize> ShapesOf(ModelCard card, PredictOptions options)
    {
        var shapes = options.Shapes ?? card.Shapes;
        if (shapes.Count > 0 && card.Model.Name.StartsWith("vgg", StringComparison.Ordinal))
            throw new BadInputException($"--shapes: {card.Model.Name} looks at a square of 7x7 before its classifier, and takes no other shape. Leave them out.");
        return shapes;
    }
}
