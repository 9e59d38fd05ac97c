using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Benchmarks;

/// <summary>The photos of the clothing set, found by ALTAR_DATA, as stages of a run see them.</summary>
internal static class ClothingPhotos
{
    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("ALTAR_DATA") ?? throw new InvalidOperationException("Set ALTAR_DATA to the folder that holds clothing/."), "clothing");

    public static PictureSet Open(string manifest) =>
        PictureSource.Open(Path.Combine(Folder, manifest), new DataOptions { Label = "category" });

    /// <summary>A network with first weights, the same for the same seed, in channels-last order.</summary>
    public static Classifier Network(string name, int classes)
    {
        var network = NetworkCatalog.Create(name, classes, seed: new Seed(1));
        ChannelsLast.Convert(network);
        return network;
    }

    public static StageOpener Opener(Classifier network, PictureSet train, PictureSet val) => new()
    {
        Network = network,
        Task = new ClassificationTask(train.Classes),
        Training = Feed(train),
        Validation = Feed(val),
        Size = PixelSize.Square(224),
        Dropout = 0,
        Seed = new Seed(1),
    };

    private static SampleFeed Feed(PictureSet set) => new(set.Samples.Count, view =>
        new PictureSamples(set.Samples, new Augmenter(view.Augmentation, view.Size), Normalization.ImageNet, new SetAside()));
}
