namespace Altar.Training.Hooks;

/// <summary>Tells the program what happens.</summary>
/// <param name="progress">Told on the training thread.</param>
/// <param name="stages">The whole run, for the time left.</param>
/// <param name="pictures">Size of the training set.</param>
public sealed class ProgressReport(IProgress<TrainingEvent> progress, IReadOnlyList<Stage> stages, int pictures) : TrainingHook
{
    /// <inheritdoc/>
    public override void OnStageStart(in StageStart moment) =>
        progress.Report(new TrainingEvent.StageStarted(moment.State.Stage, moment.Session.Stage, moment.Session.StepsPerEpoch));

    /// <inheritdoc/>
    public override void OnStepEnd(in StepEnd moment)
    {
        var (session, state) = (moment.Session, moment.State);
        progress.Report(new TrainingEvent.StepDone(
            session.Stage.Name, state.EpochsInStage + 1, state.BatchesInEpoch, session.StepsPerEpoch, moment.Rate,
            state.LossSum / state.PicturesInEpoch, state.PicturesInEpoch / Math.Max(state.TrainingSeconds, 1e-9), Remaining(state)));
    }

    /// <inheritdoc/>
    public override Verdict OnEpochEnd(in EpochEnd moment)
    {
        progress.Report(new TrainingEvent.EpochDone(moment.Record, moment.IsBest));
        return Verdict.Continue;
    }

    /// <inheritdoc/>
    public override void OnStageEnd(in StageEnd moment) => progress.Report(new TrainingEvent.StageDone(moment.Summary));

    // Pictures still to come at the speed of the epoch at hand: rough when stages differ, and right within one.
    private TimeSpan? Remaining(TrainingState state)
    {
        if (state.BatchesInEpoch < 3) return null;
        long left = pictures - state.PicturesInEpoch;
        left += (long)pictures * (stages[state.Stage].Epochs - state.EpochsInStage - 1);
        left += stages.Skip(state.Stage + 1).Sum(stage => (long)pictures * stage.Epochs);
        return TimeSpan.FromSeconds(Math.Max(0, left) * state.TrainingSeconds / state.PicturesInEpoch);
    }
}
