using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Recipes;

/// <summary>A recipe's pictures and network, checked and opened: what training and its plan have in common.</summary>
internal sealed class PreparedRun : IDisposable
{
    private PreparedRun(Recipe recipe, TrainingPictures pictures, Classifier network, Device device)
    {
        (Recipe, Pictures, Network) = (recipe, pictures, network);
        Opener = new StageOpener
        {
            Network = network,
            TrainingPictures = (augmentation, size) => Samples(pictures.Train, augmentation, size),
            ValidationPictures = size => Samples(pictures.Val, AugmentationOptions.None, size),
            Size = recipe.Data.Size,
            Dropout = network.HeadDropout,
            Seed = new Seed(unchecked((ulong)recipe.Seed)),
            Threads = recipe.Data.Threads,
            Device = device,
        };
    }

    public Recipe Recipe { get; }

    public TrainingPictures Pictures { get; }

    public Classifier Network { get; }

    public StageOpener Opener { get; }

    /// <summary>Opens the data, then makes the network: a mistake in the data shows before weights are fetched.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="device">auto, cpu, or cuda:N.</param>
    /// <param name="fillsWeights">Whether the recipe's weights are loaded; false where a checkpoint's will be.</param>
    /// <param name="progress">Told what was found.</param>
    /// <param name="cancel">Ends the work.</param>
    public static PreparedRun Open(Recipe recipe, string device, bool fillsWeights, IProgress<TrainingEvent> progress, CancellationToken cancel)
    {
        var place = DeviceChoice.Parse(device);
        var seed = new Seed(unchecked((ulong)recipe.Seed));
        NetworkCatalog.Find(recipe.Model.Name);   // before the pictures: it costs nothing
        var pictures = TrainingPictures.Open(recipe.Data, seed.For("split"), cancel);
        progress.Report(new TrainingEvent.Note(
            $"{pictures.Train.Samples.Count} pictures to learn from, {pictures.Val.Samples.Count} to validate with, {pictures.Train.Classes.Count} classes."));
        foreach (var warning in pictures.Warnings) progress.Report(new TrainingEvent.Warning(warning));

        var model = fillsWeights ? recipe.Model : recipe.Model with { Weights = "none" };
        var (network, report) = PretrainedNetwork.Create(model, pictures.Train.Classes.Count, seed.For("network"), cancel: cancel);
        if (report is not null) progress.Report(new TrainingEvent.Note($"{report}."));
        try
        {
            foreach (var stage in recipe.Stages) LearningParts.Choose(network, stage);   // an unknown block shows now, not after hours
            ChannelsLast.Convert(network);
            return new PreparedRun(recipe, pictures, network.to(place), place);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What a checkpoint of this run says of its weights.</summary>
    /// <param name="stage">The stage at hand.</param>
    public ModelCard Card(Stage stage) => new()
    {
        Model = Recipe.Model with { Weights = "none" },
        Classes = Pictures.Train.Classes,
        Size = Opener.SizeOf(stage),
        ImageColumn = Recipe.Data.Image,
        LabelColumn = Recipe.Data.Label,
    };

    public void Dispose() => Network.Dispose();

    private PictureSamples Samples(PictureSet set, AugmentationOptions augmentation, PixelSize size) =>
        new(set.Samples, new Augmenter(augmentation, size), Recipe.Model.Preprocessing, Pictures.SetAside);
}
