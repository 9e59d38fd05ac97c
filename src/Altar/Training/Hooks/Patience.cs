namespace Altar.Training.Hooks;

/// <summary>Ends a stage that has not bettered the run's metric for the stage's <see cref="Stage.Patience"/> epochs.</summary>
public sealed class Patience : TrainingHook
{
    /// <inheritdoc/>
    public override Verdict OnEpochEnd(in EpochEnd moment)
    {
        var patience = moment.Session.Stage.Patience;
        return patience > 0 && moment.State.StaleEpochs >= patience ? Verdict.EndStage : Verdict.Continue;
    }
}
