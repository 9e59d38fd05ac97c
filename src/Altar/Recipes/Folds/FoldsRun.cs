using Altar.Datasets;
using Altar.Datasets.Generated;
using Altar.Metrics;
using Altar.Recipes.Subjects;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes.Folds;

/// <summary>Runs a recipe once for each fold of its training pictures, and collects what each network says of the pictures that it did not see.</summary>
public static class FoldsRun
{
    /// <summary>Runs the folds one after the other. Each is a run folder of its own; all of them together can predict as an ensemble.</summary>
    /// <param name="recipe">What to do; folds are cut from <c>data.train</c>, and <c>data.val</c> is left alone.</param>
    /// <param name="options">How many, and where.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="cancel">Ends it after the step at hand; it can be resumed.</param>
    /// <exception cref="BadInputException">The data or the recipe cannot be used, or the folder is not empty.</exception>
    public static FoldsResult Execute(Recipe recipe, FoldsOptions options, IProgress<TrainingEvent> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        Check(recipe, options);
        var folder = RunFolder.Choose(options.Folder, $"{recipe.Name}-folds", options.Resume).Path;
        GeneratedSets.Ensure(recipe.Data, cancel);
        var set = PictureSource.Open(recipe.Data.Train, recipe.Data);
        var places = FoldSplit.Choose(set, options.Folds, RunSubject.SeedOf(recipe));
        var manifests = new FoldManifests(Path.Combine(folder, "split"), recipe.Data);
        manifests.Write(set, places, options.Folds);

        var done = new List<FoldPredictions>();
        for (var fold = 1; fold <= options.Folds; fold++)
        {
            progress.Report(new TrainingEvent.Note($"Fold {fold} of {options.Folds}."));
            var run = RunFold(recipe, manifests.DataOf(fold - 1), fold, folder, options, progress, cancel);
            if (run.Interrupted) return Result(folder, set, places, done, interrupted: true);
            done.Add(FoldPredictions.Of(fold, run.Folder, manifests.DataOf(fold - 1).Val, options, cancel));
        }

        OutOfFold.Write(folder, set.Classes, done);
        return Result(folder, set, places, done, interrupted: false);
    }

    private static RunResult RunFold(
        Recipe recipe, DataOptions data, int fold, string folder, FoldsOptions options, IProgress<TrainingEvent> progress, CancellationToken cancel)
    {
        var run = new RunOptions { Folder = Path.Combine(folder, $"fold-{fold}"), Resume = options.Resume, Device = options.Device };
        return TrainingRun.Execute(recipe with { Name = $"{recipe.Name}-fold-{fold}", Data = data }, run, progress, cancel);
    }

    private static FoldsResult Result(string folder, PictureSet set, int[] places, List<FoldPredictions> done, bool interrupted) => new(
        folder, [.. done.Select(fold => new FoldScore(fold.Fold, fold.Run, ClassificationScores.From(set.Classes, fold.Predictions)))],
        interrupted ? null : ClassificationScores.From(set.Classes, done.SelectMany(fold => fold.Predictions)),
        places.Count(place => place < 0), interrupted);

    private static void Check(Recipe recipe, FoldsOptions options)
    {
        if (options.Folds < 2) throw new BadInputException($"--folds: {options.Folds}; at least 2 are needed, 5 are usual.");
        if (options.Checkpoint is not ("best" or "last")) throw new BadInputException($"--checkpoint: '{options.Checkpoint}' is not known. Write best or last.");
        if (recipe.Model.Heads.Count > 0) throw new BadInputException("model.heads: folds are cut from pictures with a class each, not from several columns. Name the sides yourself, with data.train and data.val.");
        if (recipe.Data.Masks is not null) throw new BadInputException("data.masks: folds are cut from pictures with a class each, not from masks. Name the sides yourself, with data.train and data.val.");
    }
}
