using Altar.Reports;
using Altar.Schedules;
using Altar.Training;

namespace Altar.Recipes.Planning;

/// <summary>A stage with its steps counted.</summary>
/// <param name="Stage">Its rules.</param>
/// <param name="FirstEpoch">Epochs of the run before it.</param>
/// <param name="FirstStep">Steps of the run before it.</param>
/// <param name="StepsPerEpoch">Steps in each of its epochs.</param>
/// <param name="Rates">The rate of each of its steps, counted from 0 in the stage.</param>
/// <param name="Augment">Name of its augmentation; "own" where it is no preset.</param>
public sealed record StagePlan(Stage Stage, int FirstEpoch, int FirstStep, int StepsPerEpoch, RateCurve Rates, string Augment)
{
    private const int DrawnPoints = 500;

    /// <summary>Steps of the stage, if patience does not end it early.</summary>
    public int Steps => Rates.Steps;

    /// <summary>Steps of the stage after which a snapshot is kept.</summary>
    public IReadOnlyList<int> Snapshots => Stage.Snapshots ? Rates.CycleEnds : [];

    /// <summary>The stage as it is drawn.</summary>
    public PlanBand ToBand()
    {
        var stride = Math.Max(1, Steps / DrawnPoints);
        var drawn = Enumerable.Range(0, Steps).Where(step => step % stride == 0 || step == Steps - 1);
        return new PlanBand(
            Stage.Name, Stage.Learns, Augment, FirstEpoch, Stage.Epochs,
            [.. drawn.Select(step => (EpochOf(step), Rates.At(step)))], [.. Snapshots.Select(EpochOf)]);
    }

    private double EpochOf(int step) => FirstEpoch + (double)step / StepsPerEpoch;
}
