using Altar.Metrics;
using Altar.Reports;
using Altar.Reports.TensorBoard;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes;

/// <summary>Writes a run's numbers as it goes: metrics.csv, steps.csv, and TensorBoard events.</summary>
internal sealed class RunLog : TrainingHook, IDisposable
{
    private readonly RunFolder _folder;
    private readonly IReadOnlyList<Metric> _figures;
    private MetricsFile _metrics;
    private EventsFile _events;

    private RunLog(RunFolder folder, IReadOnlyList<Metric> figures, TrainingState state)
    {
        (_folder, _figures) = (folder, figures);
        (_metrics, _events) = FilesAt(state);
    }

    /// <summary>Opens the files, and drops from them what comes after the state: a resumed run does it again.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="metrics">The validation's figures.</param>
    /// <param name="state">Where the run begins or goes on.</param>
    public static RunLog Open(RunFolder folder, IReadOnlyList<Metric> metrics, TrainingState state) => new(folder, metrics, state);

    /// <summary>Drops what comes after an earlier state, which the run goes back to.</summary>
    /// <param name="state">The earlier state.</param>
    public void GoBack(TrainingState state)
    {
        Dispose();
        (_metrics, _events) = FilesAt(state);
    }

    public override void OnStepEnd(in StepEnd moment)
    {
        var row = new StepRecord(moment.State.Steps, moment.State.Epochs.Count + 1, moment.Rate, moment.Loss);
        _metrics.Add(row);
        _events.Add(row);
    }

    public override Verdict OnEpochEnd(in EpochEnd moment)
    {
        _metrics.Add(moment.Record);
        _events.Add(moment.Record);
        return Verdict.Continue;
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _events.Dispose();
    }

    private (MetricsFile, EventsFile) FilesAt(TrainingState state) =>
        (MetricsFile.Open(_folder.Path, _figures, state.Steps, state.Epochs.Count), EventsFile.Open(_folder.Path, state.Steps, state.Epochs.Count));
}
