using Altar.Metrics;
using Altar.Training;

namespace Altar.Reports;

/// <summary>A run as its folder tells of it, to stand beside others.</summary>
public sealed record ComparedRun
{
    /// <summary>What it is called here; no two runs share it.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Rows of metrics.csv, by epoch.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>Rows of steps.csv.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>The resolved recipe: dotted key to value, such as stages.0.rate to 0.001, in its order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>The metric that <see cref="Best"/> is chosen by.</summary>
    public Metric By { get; init; } = Metric.LogLoss;

    /// <summary>The first epoch that no other is better than; null without an epoch that was measured.</summary>
    public EpochRecord? Best
    {
        get
        {
            EpochRecord? best = null;
            foreach (var row in Epochs)
            {
                if (By.IsBetter(row.Val[By], best?.Val[By] ?? double.NaN)) best = row;
            }

            return best;
        }
    }

    /// <summary>The last epoch; null without one.</summary>
    public EpochRecord? Last => Epochs.Count == 0 ? null : Epochs[^1];

    /// <summary>Training and validation of all epochs.</summary>
    public double Seconds => Epochs.Sum(row => row.Seconds);

    /// <summary>Speed of training: the epochs' mean by their time; NaN without an epoch.</summary>
    public double PicturesPerSecond => Epochs.Sum(row => row.PicturesPerSecond * row.Seconds) / Seconds;
}
