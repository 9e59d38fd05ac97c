using Altar.Networks;
using Altar.Recipes.Subjects;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Recipes;

/// <summary>A recipe's pictures and network, checked and opened: what training and its plan have in common.</summary>
internal sealed class PreparedRun : IDisposable
{
    private PreparedRun(Recipe recipe, RunSubject subject, VisionNetwork network, Device device)
    {
        (Recipe, Subject, Network) = (recipe, subject, network);
        Opener = new StageOpener
        {
            Network = network,
            Task = subject.Task,
            Training = subject.Training,
            Validation = subject.Validation,
            Size = recipe.Data.Size,
            Dropout = network.HeadDropout,
            Seed = RunSubject.SeedOf(recipe),
            Threads = recipe.Data.Threads,
            Device = device,
            Precision = recipe.Precision,
        };
    }

    public Recipe Recipe { get; }

    public RunSubject Subject { get; }

    public VisionNetwork Network { get; }

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
        Autocast.Require(recipe.Precision, place.type);
        var subject = RunSubject.Open(recipe, cancel);
        progress.Report(new TrainingEvent.Note(
            $"{subject.Sizes}, {subject.Classes.Count} {(subject.Classes.Count == 1 ? "class" : "classes")}."));
        foreach (var note in subject.Notes) progress.Report(new TrainingEvent.Note(note));
        foreach (var warning in subject.Warnings) progress.Report(new TrainingEvent.Warning(warning));

        var model = fillsWeights ? recipe.Model : recipe.Model with { Weights = "none" };
        var (network, report) = subject.CreateNetwork(model, RunSubject.SeedOf(recipe).For("network"), cancel);
        if (report is not null) progress.Report(new TrainingEvent.Note($"{report}."));
        try
        {
            foreach (var stage in recipe.Stages) LearningParts.Choose(network, stage);   // an unknown block shows now, not after hours
            ChannelsLast.Convert(network);
            return new PreparedRun(recipe, subject, network.to(place), place);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What a checkpoint of this run says of its weights.</summary>
    /// <param name="stage">The stage at hand.</param>
    public ModelCard Card(Stage stage) => Subject.Card(new PictureView(stage.Augment, Opener.SizeOf(stage)));

    public void Dispose()
    {
        Network.Dispose();
        Subject.Dispose();
    }
}
