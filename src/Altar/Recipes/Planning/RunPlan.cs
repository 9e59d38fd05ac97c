using Altar.Augmentation;
using Altar.Batching;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Recipes.Planning;

/// <summary>What a recipe will do, step by step, known before anything is spent.</summary>
public sealed record RunPlan
{
    /// <summary>Pictures trained on.</summary>
    public required int Pictures { get; init; }

    /// <summary>Pictures validated on after each epoch.</summary>
    public required int ValPictures { get; init; }

    /// <summary>The stages in their order.</summary>
    public required IReadOnlyList<StagePlan> Stages { get; init; }

    /// <summary>Epochs of the run.</summary>
    public int Epochs => Stages.Sum(stage => stage.Stage.Epochs);

    /// <summary>Steps of the run.</summary>
    public int Steps => Stages.Sum(stage => stage.Steps);

    /// <summary>Counts a recipe's steps.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="pictures">Pictures to train on, at least 1.</param>
    /// <param name="valPictures">Pictures to validate on.</param>
    /// <param name="batches">Batches in an epoch of a stage. Default: of pictures that all have one shape.</param>
    /// <exception cref="BadInputException">The pictures are too few for a batch or for a schedule's cycles.</exception>
    public static RunPlan Of(Recipe recipe, int pictures, int valPictures, Func<Stage, BatchOptions, int>? batches = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentOutOfRangeException.ThrowIfLessThan(pictures, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(valPictures);
        var stages = new List<StagePlan>();
        foreach (var stage in recipe.Stages) stages.Add(After(stages.LastOrDefault(), stage, batches ?? Plain));
        return new RunPlan { Pictures = pictures, ValPictures = valPictures, Stages = stages };

        int Plain(Stage stage, BatchOptions options) => new BatchPlan(pictures, options, new Seed(0)).BatchesPerEpoch;
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">Counted over the run from 0.</param>
    public double RateAt(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var stage = Stages.Last(stage => stage.FirstStep <= step);
        return stage.Rates.At(step - stage.FirstStep);
    }

    /// <summary>Draws the plan: rate, what learns and augmentation over the epochs, with the snapshots.</summary>
    /// <param name="path">The PNG file.</param>
    public void SavePlot(string path) => PlanPlot.Save(path, [.. Stages.Select(stage => stage.ToBand())]);

    private static StagePlan After(StagePlan? before, Stage stage, Func<Stage, BatchOptions, int> batches)
    {
        var options = new BatchOptions { Batch = stage.StepBatch, SmallestBatch = StageOpener.SmallestBatch(stage) };
        var perEpoch = batches(stage, options);
        return new StagePlan(
            stage, before is null ? 0 : before.FirstEpoch + before.Stage.Epochs, before is null ? 0 : before.FirstStep + before.Steps,
            perEpoch, stage.Schedule.ToRates(stage.Rate, checked(stage.Epochs * perEpoch), perEpoch), NameOf(stage.Augment));
    }

    private static string NameOf(AugmentationOptions augment)
    {
        string[] presets = ["none", "light", "hard", "hard-aerial"];
        return presets.FirstOrDefault(name => AugmentationOptions.Parse(name) == augment) ?? "own";
    }
}
