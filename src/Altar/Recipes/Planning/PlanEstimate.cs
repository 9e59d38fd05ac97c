namespace Altar.Recipes.Planning;

/// <summary>What a stage will take.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Seconds">Training and validation together.</param>
/// <param name="PeakBytes">Highest resident memory.</param>
public sealed record StageEstimate(string Name, double Seconds, long PeakBytes);

/// <summary>What a run will take, if patience does not end it early.</summary>
/// <param name="Stages">Stage by stage.</param>
public sealed record PlanEstimate(IReadOnlyList<StageEstimate> Stages)
{
    /// <summary>Time of all stages.</summary>
    public double Seconds => Stages.Sum(stage => stage.Seconds);

    /// <summary>Highest resident memory of all stages.</summary>
    public long PeakBytes => Stages.Max(stage => stage.PeakBytes);

    /// <summary>Scales what was measured up to the whole plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="measurements">One for each stage, in order.</param>
    /// <exception cref="ArgumentException">Another number of measurements than of stages.</exception>
    public static PlanEstimate From(RunPlan plan, IReadOnlyList<StageMeasurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(measurements);
        if (measurements.Count != plan.Stages.Count)
            throw new ArgumentException($"{measurements.Count} measurements for {plan.Stages.Count} stages.", nameof(measurements));
        return new PlanEstimate([.. plan.Stages.Zip(measurements, (stage, measured) => Of(plan, stage, measured))]);
    }

    private static StageEstimate Of(RunPlan plan, StagePlan stage, StageMeasurement measured)
    {
        var seconds = measured.StartUpSeconds
            + (plan.Pictures + plan.ValPictures) * measured.SecondsPerFeature
            + stage.Steps * measured.SecondsPerStep
            + (double)stage.Stage.Epochs * plan.ValPictures * measured.SecondsPerValPicture;
        return new StageEstimate(stage.Stage.Name, seconds, measured.PeakBytes);
    }
}
