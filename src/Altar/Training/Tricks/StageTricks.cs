namespace Altar.Training.Tricks;

/// <summary>Makes the tricks of a stage.</summary>
public static class StageTricks
{
    /// <summary>New ones, without memory, in the order in which they are told of a step: a replay comes before the average that includes it.</summary>
    /// <param name="stage">What it asks for.</param>
    /// <param name="samples">Pictures in the training set.</param>
    public static IReadOnlyList<StageTrick> Of(Stage stage, int samples)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var tricks = new List<StageTrick>();
        if (stage.Unfreeze > 0) tricks.Add(new GradualUnfreezing(stage.Unfreeze));
        if (StepOptions.Of(stage).KeepsSamples) tricks.Add(new SampleHistory(samples));
        if (stage.ReplayHardest > 0) tricks.Add(new HardestReplay(stage.ReplayHardest));
        if (stage.Ema > 0) tricks.Add(new MovingAverage(stage.Ema));
        if (stage.Swa > 0) tricks.Add(new StochasticAverage(stage.Swa - 1));
        return tricks;
    }
}
