using Altar.Training;

namespace Altar.Reports;

/// <summary>Where a stage lies on the axis of epochs.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Start">Epochs done before it.</param>
/// <param name="End">Epochs done after it.</param>
internal sealed record StageBand(string Name, int Start, int End)
{
    /// <summary>The finished stages one after the other, then what the epochs say of the one at work.</summary>
    public static IReadOnlyList<StageBand> Of(IReadOnlyList<StageSummary> finished, IReadOnlyList<EpochRecord> epochs)
    {
        var bands = new List<StageBand>();
        var start = 0;
        foreach (var stage in finished)
        {
            bands.Add(new StageBand(stage.Name, start, start + stage.Epochs));
            start += stage.Epochs;
        }

        foreach (var epoch in epochs.Where(epoch => epoch.Epoch > start).OrderBy(epoch => epoch.Epoch))
        {
            var isNext = bands.Count > 0 && bands[^1].Start >= start && bands[^1].Name == epoch.Stage;
            if (isNext) bands[^1] = bands[^1] with { End = epoch.Epoch };
            else bands.Add(new StageBand(epoch.Stage, epoch.Epoch - 1, epoch.Epoch));
        }

        return bands;
    }
}
