namespace Altar.Training.Hooks;

/// <summary>Warns once in a stage when tensors or memory grow from epoch to epoch.</summary>
/// <param name="progress">Told.</param>
public sealed class GrowthWatch(IProgress<TrainingEvent> progress) : TrainingHook
{
    private bool _told;

    /// <inheritdoc/>
    public override void OnStageStart(in StageStart moment) => _told = false;

    /// <inheritdoc/>
    public override Verdict OnEpochEnd(in EpochEnd moment)
    {
        var (stage, state) = (moment.Session.Stage, moment.State);
        if (_told || Growth.Find(stage.Name, [.. state.Epochs.TakeLast(state.EpochsInStage)], gainsTensors: stage.Unfreeze > 0) is not { } warning) return Verdict.Continue;
        _told = true;
        progress.Report(new TrainingEvent.Warning(warning));
        return Verdict.Continue;
    }
}
