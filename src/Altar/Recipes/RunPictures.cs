using Altar.Reports;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes;

/// <summary>Leaves in the run folder what people look at: curves, confusion, worst errors, and the report around them.</summary>
internal static class RunPictures
{
    /// <summary>Draws all of it. The best checkpoint's weights are put into the network for it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">Where.</param>
    /// <param name="state">How far it is.</param>
    /// <param name="cancel">Does without confusion and worst errors: who interrupts a run shall not wait for a validation.</param>
    public static void Write(PreparedRun run, RunFolder folder, TrainingState state, CancellationToken cancel)
    {
        var content = new RunReportContent
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))),
            Classes = run.Subject.Classes,
            Recipe = File.ReadAllText(folder.Recipe),
            Epochs = state.Epochs,
            Steps = MetricsFile.ReadSteps(folder.Steps),
            Stages = state.Stages,
            Norms = StepTable.ReadNorms(folder.In(TrickLog.NormsName)),
            Marks = RunMarks.Of(run.Recipe.Stages, state.Epochs),
            Best = TrainingRun.BestOf(run),
            Warnings = [.. run.Subject.Warnings, .. Grown(run.Recipe, state)],
            SetAside = run.Subject.SetAside.Items.ToDictionary(picture => picture.Path, picture => picture.Reason),
            Environment = RunEnvironment.Describe(run.Opener.Device.ToString(), state.TorchThreads),
            Finished = state.Stage == run.Recipe.Stages.Count ? TimeProvider.System.GetLocalNow() : null,
        };
        var judged = state.Best is null || cancel.IsCancellationRequested
            ? run.Subject.Judge(content, folder, run.Network, validation: null, cancel)
            : Judged(content, run, folder, state.Best, cancel);
        RunReport.Write(folder.Path, SuspectSheet.Section(folder.Path) is { } suspects ? judged with { Sections = [.. judged.Sections, suspects] } : judged);
    }

    private static IEnumerable<string> Grown(Recipe recipe, TrainingState state) => state.Epochs
        .GroupBy(row => row.Stage)
        .Select(rows => Growth.Find(rows.Key, [.. rows], gainsTensors: recipe.Stages.Any(stage => stage.Name == rows.Key && stage.Unfreeze > 0)))
        .OfType<string>();

    private static RunReportContent Judged(RunReportContent content, PreparedRun run, RunFolder folder, EpochRecord best, CancellationToken cancel)
    {
        RunCheckpoints.RestoreWeights(run.Network, folder.Best);
        using var pictures = run.Opener.OpenValidation(run.Recipe.Stages.First(stage => stage.Name == best.Stage));
        return run.Subject.Judge(content, folder, run.Network, pictures, cancel);
    }
}
