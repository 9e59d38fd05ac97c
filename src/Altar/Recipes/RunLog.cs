using Altar.Metrics;
using Altar.Reports;
using Altar.Reports.TensorBoard;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes;

/// <summary>Writes a run's numbers as it goes: metrics.csv, steps.csv, and TensorBoard events.</summary>
internal sealed class RunLog : TrainingHook, IDisposable
{
    private readonly MetricsFile _metrics;
    private readonly EventsFile _events;

    private RunLog(MetricsFile metrics, EventsFile events) => (_metrics, _events) = (metrics, events);

    /// <summary>Opens the files, and drops from them what comes after the state: a resumed run does it again.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="metrics">The validation's figures.</param>
    /// <param name="state">Where the run begins or goes on.</param>
    public static RunLog Open(RunFolder folder, IReadOnlyList<Metric> metrics, TrainingState state) =>
        new(MetricsFile.Open(folder.Path, metrics, state.Steps, state.Epochs.Count), EventsFile.Open(folder.Path, state.Steps, state.Epochs.Count));

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
}
