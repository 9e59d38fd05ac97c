using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Masks;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Networks.Weights;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes.Subjects;

/// <summary>What a recipe is about: its data, its kind of network, its task, and what its report shows. All else is the same for every run.</summary>
internal abstract class RunSubject : IDisposable
{
    /// <summary>How the network is judged.</summary>
    public abstract LearningTask Task { get; }

    public abstract PictureFeed Training { get; }

    public abstract PictureFeed Validation { get; }

    public abstract IReadOnlyList<string> Classes { get; }

    public abstract IReadOnlyList<string> Warnings { get; }

    public abstract SetAside SetAside { get; }

    /// <summary>How much there is to learn from and to judge by, in words.</summary>
    public virtual string Sizes => $"{Training.Count} pictures to learn from, {Validation.Count} to validate with";

    /// <summary>What is worth a line when a run begins, besides counts and warnings.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Finds the recipe's kind and opens its data.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancel">Ends the work.</param>
    public static RunSubject Open(Recipe recipe, CancellationToken cancel)
    {
        var split = SeedOf(recipe).For("split");
        if (LearnsMasks(recipe)) return new SegmentationSubject(recipe, MaskedPictures.Open(recipe.Data, split, cancel));
        NetworkCatalog.Find(recipe.Model.Name);   // before the pictures: it costs nothing
        if (LearnsHeads(recipe)) return new HeadsSubject(recipe, HeadsData.Open(recipe, cancel));
        return new ClassificationSubject(recipe, TrainingPictures.Open(recipe.Data, split, cancel));
    }

    /// <summary>The metrics by which a recipe's run can be judged, known before its data are opened.</summary>
    public static LearningTask TaskOf(Recipe recipe) => LearnsMasks(recipe) ? new SegmentationTask([]) : LearnsHeads(recipe) ? HeadsSubject.TaskOf(recipe.Model.Heads) : new ClassificationTask([]);

    /// <summary>Whether a recipe's network is one for masks.</summary>
    public static bool LearnsMasks(Recipe recipe) => SegmentationCatalog.Contains(recipe.Model.Name);

    /// <summary>Whether a recipe's network has several heads, or sets that label them.</summary>
    public static bool LearnsHeads(Recipe recipe) => recipe.Model.Heads.Count > 0 || recipe.Data.Sets.Count > 0;

    /// <summary>All chance of a run comes from it.</summary>
    public static Seed SeedOf(Recipe recipe) => new(unchecked((ulong)recipe.Seed));

    /// <summary>Makes the network that the recipe names.</summary>
    /// <param name="model">The recipe's model, without weights where a checkpoint fills it.</param>
    /// <param name="seed">Decides the weights that are left to chance.</param>
    /// <param name="cancel">Stops a download.</param>
    public abstract (VisionNetwork Network, LoadReport? Report) CreateNetwork(ModelOptions model, Seed seed, CancellationToken cancel);

    /// <summary>What a checkpoint says of its weights.</summary>
    /// <param name="view">How the stage at hand looks at pictures.</param>
    public abstract ModelCard Card(PictureView view);

    /// <summary>Adds to a report what the best weights say of the validation pictures.</summary>
    /// <param name="content">The report so far.</param>
    /// <param name="folder">The run, for pictures.</param>
    /// <param name="network">Holds the best weights.</param>
    /// <param name="validation">The validation pictures; null where there is nothing to judge, since the run was interrupted.</param>
    /// <param name="cancel">Ends the work.</param>
    public abstract RunReportContent Judge(RunReportContent content, RunFolder folder, VisionNetwork network, IBatchSource? validation, CancellationToken cancel);

    /// <summary>Closes what the data are read from.</summary>
    public virtual void Dispose()
    {
    }
}
