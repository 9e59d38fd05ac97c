using Altar.Metrics;
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
    public static void Write(PreparedRun run, RunFolder folder, TrainingState state, CancellationToken cancel) => RunReport.Write(folder.Path, new RunReportContent
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))),
        Classes = run.Pictures.Train.Classes,
        Recipe = File.ReadAllText(folder.Recipe),
        Epochs = state.Epochs,
        Steps = MetricsFile.ReadSteps(folder.Steps),
        Stages = state.Stages,
        Predictions = state.Best is null || cancel.IsCancellationRequested ? [] : BestPredictions(run, folder, state, cancel),
        Best = BestMetric.Parse(run.Recipe.Data.Best),
        Warnings = run.Pictures.Warnings,
        SetAside = run.Pictures.SetAside.Items.ToDictionary(picture => picture.Path, picture => picture.Reason),
        Environment = RunEnvironment.Describe(run.Opener.Device.ToString(), state.TorchThreads),
        Finished = state.Stage == run.Recipe.Stages.Count ? TimeProvider.System.GetLocalNow() : null,
    });

    private static List<Prediction> BestPredictions(PreparedRun run, RunFolder folder, TrainingState state, CancellationToken cancel)
    {
        RunCheckpoints.RestoreWeights(run.Network, folder.Best);
        var predictions = new List<Prediction>();
        var samples = run.Pictures.Val.Samples;
        using var pictures = run.Opener.OpenValidation(StageOf(run, state.Best!));
        ValidationPass.Run(run.Network, pictures, Add, cancel);
        return predictions;

        void Add(int sample, int label, ReadOnlySpan<float> probabilities) =>
            predictions.Add(new Prediction(samples[sample].Path, label, probabilities.ToArray()));
    }

    private static Stage StageOf(PreparedRun run, EpochRecord epoch) => run.Recipe.Stages.First(stage => stage.Name == epoch.Stage);
}
