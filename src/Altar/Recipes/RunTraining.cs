using Altar.Training;
using Altar.Training.Checkpoints;
using Altar.Training.Hooks;
using static TorchSharp.torch;

namespace Altar.Recipes;

/// <summary>Trains a prepared run, from its beginning or from a checkpoint, with all that accompanies it.</summary>
internal sealed class RunTraining(PreparedRun run, RunFolder folder, RunCheckpoints checkpoints, IProgress<TrainingEvent> progress)
{
    // The state whose optimizer and tricks are in the last checkpoint.
    private TrainingState? _restored;

    /// <summary>Trains to the end, or until it is asked to stop.</summary>
    /// <param name="saved">Where to go on; null: at the beginning.</param>
    /// <param name="cancel">Ends training after the step at hand.</param>
    public TrainingState Fit(TrainingState? saved, CancellationToken cancel)
    {
        var recipe = run.Recipe;
        _restored = saved;
        if (saved is not null) checkpoints.RestoreTraining(run.Network);
        if (saved is { TorchThreads: > 0 }) set_num_threads(saved.TorchThreads);
        var state = saved ?? new TrainingState { TorchThreads = get_num_threads() };

        var best = recipe.Checkpoint.KeepBest > 1 ? new BestCheckpoints(folder, TrainingRun.BestOf(run), recipe.Checkpoint.KeepBest) : null;
        using var log = RunLog.Open(folder, run.Subject.Task.Metrics, state);
        using var checkpointing = new Checkpointing(checkpoints, CheckpointInterval.Parse(recipe.Checkpoint.Every), recipe.Stages, TimeProvider.System, best)
        {
            Keep = recipe.Checkpoint.Keep,
            Progress = progress,
        };
        using var tricks = TrickLog.Open(folder, state, run.Subject.Training, run.Subject.Classes, progress);
        TrainingHook[] hooks = [log, tricks, checkpointing, new Patience(), new GrowthWatch(progress), new ProgressReport(progress, recipe.Stages, run.Subject.Training.Count)];
        return new Trainer(recipe.Stages, Open, TrainingRun.BestOf(run), hooks, RecoveryWith(log, tricks)).Fit(state, cancel);
    }

    private StageSession Open(TrainingState at)
    {
        var session = run.Opener.Open(run.Recipe.Stages[at.Stage], at.Stage, at.Parts);
        if (ReferenceEquals(at, _restored) && at.StepsInStage > 0) checkpoints.RestoreMemory(session);
        return session;
    }

    private Recovery RecoveryWith(RunLog log, TrickLog tricks) => new(folder, checkpoints, run.Network)
    {
        OnNonFinite = run.Recipe.OnNonfinite,
        OnOutOfMemory = run.Recipe.OnOutOfMemory,
        Inspect = failure => FailedBatch.Write(failure, folder, run.Recipe.Model.Preprocessing, run.Subject.Training.NameOf),
        Progress = progress,
        WentBack = state =>
        {
            _restored = state;
            log.GoBack(state);
            tricks.GoBack(state);
        },
    };
}
