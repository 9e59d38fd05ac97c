using Altar.Metrics;

namespace Altar.Training;

/// <summary>A row of the table of stages.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Epochs">Epochs done, fewer than planned where patience ended it.</param>
/// <param name="Seconds">Training and validation together.</param>
/// <param name="PicturesPerSecond">Training only.</param>
/// <param name="WaitingShare">Share of the training time spent waiting for the loader, 0 to 1.</param>
/// <param name="Val">What the validation at its end found.</param>
public sealed record StageSummary(
    string Name, int Epochs, double Seconds, double PicturesPerSecond, double WaitingShare, MetricValues Val)
{
    /// <summary>Sums up the epochs of a stage.</summary>
    /// <param name="name">Name of the stage.</param>
    /// <param name="epochs">Its epochs in order, at least one.</param>
    public static StageSummary Of(string name, IEnumerable<EpochRecord> epochs)
    {
        var rows = epochs.ToList();
        // Rates are means over time, not over epochs: the epochs of a stage see the same pictures, so time weighs by 1 / rate.
        var picturesPerSecond = rows.Count / rows.Sum(row => 1 / row.PicturesPerSecond);
        var waiting = rows.Sum(row => row.WaitingShare / row.PicturesPerSecond) / rows.Sum(row => 1 / row.PicturesPerSecond);
        return new(name, rows.Count, rows.Sum(row => row.Seconds), picturesPerSecond, waiting, rows[^1].Val);
    }
}
