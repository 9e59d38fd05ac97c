using Altar.Training.Checkpoints;

namespace Altar.Training.Hooks;

/// <summary>Saves the run: at its start, between steps when the interval is over, after epochs and stages, when it is interrupted, and at the minima of cycles.</summary>
/// <remarks>
/// Weights that are infinite or NaN are not saved: the last checkpoint is always one that a run can go on from.
/// <c>best</c> is on the disk before a state that tells of it is.
/// </remarks>
/// <param name="checkpoints">Where.</param>
/// <param name="every">How often inside an epoch: what is lost at most.</param>
/// <param name="stages">The whole run, to number the snapshots.</param>
/// <param name="time">The clock.</param>
/// <param name="best">The best epochs besides the best one. Default: none are kept.</param>
public sealed class Checkpointing(RunCheckpoints checkpoints, CheckpointInterval every, IReadOnlyList<Stage> stages, TimeProvider time, BestCheckpoints? best = null) : TrainingHook, IDisposable
{
    /// <summary>The share of the time that saving may take where nothing else asks for it: at the ends of epochs.</summary>
    public const double MostShare = 0.02;

    private long _savedAt = time.GetTimestamp(), _begunAt = time.GetTimestamp();
    private int _savedStep, _saves;
    private TimeSpan _cost, _spent;
    private HeldWeights? _held;

    /// <summary>What is kept besides <c>last</c> and the best.</summary>
    public RetentionPolicy Keep { get; init; } = new();

    /// <summary>Told at the end of each stage what saving took.</summary>
    public IProgress<TrainingEvent>? Progress { get; init; }

    /// <inheritdoc/>
    public override void OnStageStart(in StageStart moment)
    {
        Release();   // after going back, it may be of an epoch that will be done again
        (_savedStep, _savedAt, _begunAt, _saves, _spent) = (moment.State.Steps, time.GetTimestamp(), time.GetTimestamp(), 0, TimeSpan.Zero);
        if (moment.State.Steps == 0) SaveLast(moment.Session, moment.State);   // a disk without room shows now, and a first step that fails has something to go back to
    }

    /// <inheritdoc/>
    public override void OnStepEnd(in StepEnd moment)
    {
        var (session, state) = (moment.Session, moment.State);
        if (session.Stage.Snapshots && SnapshotNumber(session, state) is { } number) SaveSnapshot(number, session);
        if (IsDue(state)) SaveLast(session, state);
    }

    /// <inheritdoc/>
    public override Verdict OnEpochEnd(in EpochEnd moment)
    {
        var (session, state) = (moment.Session, moment.State);
        if (moment.IsBest) Hold(session);
        if (best is not null) Timed(() => best.Update(state, (path, more) => checkpoints.SaveTo(path, session, more)));
        if (Keep.KeepsEpochs) KeepEpochs(session, state);
        var stageEnds = state.EpochsInStage >= session.Stage.Epochs;   // its end is saved at once
        if (!stageEnds && (IsDue(state) || IsCheap())) SaveLast(session, state);
        return Verdict.Continue;
    }

    /// <inheritdoc/>
    public override void OnStageEnd(in StageEnd moment)
    {
        SaveLast(moment.Session, moment.State);
        var share = _spent / time.GetElapsedTime(_begunAt);
        Progress?.Report(new TrainingEvent.Note(FormattableString.Invariant(
            $"stage '{moment.Summary.Name}': {_saves} checkpoints took {_spent.TotalSeconds:0.0} s, {100 * share:0.0} % of its time.")));
    }

    /// <inheritdoc/>
    public override void OnInterruption(in Interruption moment) => SaveLast(moment.Session, moment.State);

    /// <summary>Frees weights that were not written.</summary>
    public void Dispose() => Release();

    private bool IsDue(TrainingState state) => every.IsOver(state.Steps - _savedStep, time.GetElapsedTime(_savedAt));

    private bool IsCheap() => _cost <= MostShare * time.GetElapsedTime(_savedAt);

    private void SaveLast(StageSession session, TrainingState state)
    {
        if (!FiniteWeights.Of(session.Network)) return;
        _cost = Timed(() =>
        {
            if (_held is not null) checkpoints.SaveBest(_held);
            checkpoints.SaveLast(session, state);
        });
        Release();
        (_savedStep, _savedAt) = (state.Steps, time.GetTimestamp());
    }

    // Written with the next state, not at once: short epochs that are each the best would do little else than write.
    private void Hold(StageSession session)
    {
        Release();
        _held = new HeldWeights(session);
    }

    private void Release()
    {
        _held?.Dispose();
        _held = null;
    }

    private void KeepEpochs(StageSession session, TrainingState state)
    {
        var kept = Keep.Epochs(state.Epochs.Count);
        var epoch = state.Epochs.Count;
        if (kept.Contains(epoch)) Timed(() => checkpoints.SaveEpoch(epoch, session));
        checkpoints.PruneEpochs(kept);
    }

    private void SaveSnapshot(int number, StageSession session)
    {
        Timed(() => checkpoints.SaveSnapshot(number, session));
        checkpoints.PruneSnapshots(Keep, number);
    }

    private TimeSpan Timed(Action save)
    {
        var start = time.GetTimestamp();
        save();
        var cost = time.GetElapsedTime(start);
        (_saves, _spent) = (_saves + 1, _spent + cost);
        return cost;
    }

    // Counted from the recipe, not from the folder: a resumed run gives a snapshot the number it had.
    private int? SnapshotNumber(StageSession session, TrainingState state)
    {
        var place = session.CycleEnds.ToList().IndexOf(state.StepsInStage);
        return place < 0 ? null : place + 1 + stages.Take(state.Stage).Where(stage => stage.Snapshots).Sum(stage => Math.Max(1, stage.Schedule.Cycles));
    }
}
