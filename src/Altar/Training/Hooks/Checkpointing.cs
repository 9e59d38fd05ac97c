using Altar.Training.Checkpoints;

namespace Altar.Training.Hooks;

/// <summary>Saves the run: between steps when the interval is over, after every epoch and stage, when it is interrupted, and at the minima of cycles.</summary>
/// <param name="checkpoints">Where.</param>
/// <param name="every">How often inside an epoch.</param>
/// <param name="stages">The whole run, to number the snapshots.</param>
/// <param name="time">The clock.</param>
/// <param name="best">The best epochs besides the best one. Default: none are kept.</param>
public sealed class Checkpointing(RunCheckpoints checkpoints, CheckpointInterval every, IReadOnlyList<Stage> stages, TimeProvider time, BestCheckpoints? best = null) : TrainingHook
{
    private long _savedAt = time.GetTimestamp();
    private int _savedStep;

    /// <inheritdoc/>
    public override void OnStageStart(in StageStart moment)
    {
        _savedStep = moment.State.Steps;
        _savedAt = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnStepEnd(in StepEnd moment)
    {
        var (session, state) = (moment.Session, moment.State);
        if (session.Stage.Snapshots && SnapshotNumber(session, state) is { } number) checkpoints.SaveSnapshot(number, session);
        if (every.IsOver(state.Steps - _savedStep, time.GetElapsedTime(_savedAt))) SaveLast(session, state);
    }

    /// <inheritdoc/>
    public override Verdict OnEpochEnd(in EpochEnd moment)
    {
        var session = moment.Session;
        if (moment.IsBest) checkpoints.SaveBest(session);
        best?.Update(moment.State, (path, more) => checkpoints.SaveTo(path, session, more));
        SaveLast(session, moment.State);
        return Verdict.Continue;
    }

    /// <inheritdoc/>
    public override void OnStageEnd(in StageEnd moment) => SaveLast(moment.Session, moment.State);

    /// <inheritdoc/>
    public override void OnInterruption(in Interruption moment) => SaveLast(moment.Session, moment.State);

    private void SaveLast(StageSession session, TrainingState state)
    {
        checkpoints.SaveLast(session, state);
        (_savedStep, _savedAt) = (state.Steps, time.GetTimestamp());
    }

    // Counted from the recipe, not from the folder: a resumed run gives a snapshot the number it had.
    private int? SnapshotNumber(StageSession session, TrainingState state)
    {
        var place = session.CycleEnds.ToList().IndexOf(state.StepsInStage);
        return place < 0 ? null : place + 1 + stages.Take(state.Stage).Where(stage => stage.Snapshots).Sum(stage => stage.Schedule.Cycles);
    }
}
