using System.Diagnostics;
using Altar.Metrics;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes;

/// <summary>Runs a recipe from its pictures to its report.</summary>
public static class TrainingRun
{
    /// <summary>Opens the data, makes the network, trains it stage by stage, and leaves a run folder.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="options">Where.</param>
    /// <param name="progress">Told what happens; called on the training thread.</param>
    /// <param name="cancel">Ends the run after the step at hand, with a checkpoint to resume from.</param>
    /// <exception cref="BadInputException">The data, the weights or the recipe cannot be used.</exception>
    /// <exception cref="IOException">The run folder cannot be written to, e.g. since the disk is full; the last checkpoint stays whole.</exception>
    public static RunResult Execute(Recipe recipe, RunOptions options, IProgress<TrainingEvent> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var clock = Stopwatch.StartNew();
        var text = RecipeFile.Write(recipe);
        var folder = RunFolder.Choose(options.Folder, recipe.Name, options.Resume);
        using var resumed = options.Resume && Directory.Exists(folder.Path) ? RunLock.Take(folder) : null;
        if (options.Resume) RefuseAnotherRecipe(folder, text);
        var saved = options.Resume ? RunCheckpoints.ReadState(folder) : null;
        if (saved?.Stage == recipe.Stages.Count && File.Exists(folder.In(RunReport.PageName)))
        {
            progress.Report(new TrainingEvent.Note($"{folder.Path}: the run is finished; nothing is left to do."));
            return Result(folder, saved, 0, new Dictionary<string, string>(), interrupted: false);
        }

        using var run = PreparedRun.Open(recipe, options.Device, fillsWeights: saved is null, progress, cancel);
        using var begun = resumed is null ? RunLock.Take(folder) : null;
        if ((resumed ?? begun)?.Stale is { } owner) progress.Report(new TrainingEvent.Note($"{folder.Path}: {owner}, ended without giving the run back; it goes on from its last checkpoint."));
        if (begun is not null && folder.IsUsed) throw new BadInputException($"{folder.Path}: another run has begun in it meanwhile; choose another --out.");
        var state = Fill(run, folder, text, saved, progress, cancel);
        var setAside = run.Subject.SetAside.Items.ToDictionary(picture => picture.Path, picture => picture.Reason);
        return Result(folder, state, clock.Elapsed.TotalSeconds, setAside, interrupted: state.Stage < recipe.Stages.Count);
    }

    private static TrainingState Fill(
        PreparedRun run, RunFolder folder, string text, TrainingState? saved, IProgress<TrainingEvent> progress, CancellationToken cancel)
    {
        try
        {
            folder.Create(text);
            File.Delete(folder.In(RunReport.PageName));   // a report that is there tells of the whole run
            var state = new RunTraining(run, folder, new RunCheckpoints(folder, run.Card, text), progress).Fit(saved, cancel);
            RunPictures.Write(run, folder, state, cancel);
            return state;
        }
        catch (IOException error)
        {
            throw new IOException(
                $"{error.Message.TrimEnd('.')}. The run stops here; what it saved before is whole. Make room, then go on: altar train {folder.Recipe} --out {folder.Path} --resume", error);
        }
        catch (Exception error) when (error is not BadInputException && OutOfMemory.Is(error))
        {
            throw new BadInputException(
                $"The memory does not suffice: {error.Message.Split('\n')[0].TrimEnd('.')}. What the run saved before is whole; lower the batch or the size of its stages, or free memory, then go on: altar train {folder.Recipe} --out {folder.Path} --resume", error);
        }
    }

    /// <summary>The metric that chooses the best epoch.</summary>
    internal static Metric BestOf(PreparedRun run)
    {
        var task = run.Subject.Task;
        return run.Recipe.Data.Best is { } name ? Metric.Parse(name, task.Metrics) : task.DefaultBest;
    }

    private static void RefuseAnotherRecipe(RunFolder folder, string text)
    {
        if (!File.Exists(folder.Recipe)) return;
        var (then, now) = (File.ReadAllLines(folder.Recipe), text.TrimEnd('\n').Split('\n'));
        var line = then.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        if (line == then.Length && line == now.Length) return;
        throw new BadInputException(
            $"{folder.Recipe}: line {line + 1}: the run was begun with '{Line(then, line)}', and the recipe now says '{Line(now, line)}'; resume with the recipe it had, or begin another run.");
    }

    private static string Line(string[] lines, int number) => number < lines.Length ? lines[number].Trim() : "";

    private static RunResult Result(RunFolder folder, TrainingState state, double seconds, Dictionary<string, string> setAside, bool interrupted) =>
        new(folder.Path, state.Epochs.Count, seconds, state.Best, state.Last, state.Stages, setAside, interrupted);
}
