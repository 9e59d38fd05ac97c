namespace Altar.Training;

/// <summary>What happens in a run, as it happens: for a live table, a log, or a test.</summary>
public abstract record TrainingEvent
{
    private TrainingEvent()
    {
    }

    /// <summary>Something worth a line: data read, weights filled, a checkpoint written.</summary>
    /// <param name="Text">One sentence.</param>
    public sealed record Note(string Text) : TrainingEvent;

    /// <summary>Something that may spoil the result: a leak, damaged pictures, growing memory.</summary>
    /// <param name="Text">What, where, and the cure.</param>
    public sealed record Warning(string Text) : TrainingEvent;

    /// <summary>A stage begins.</summary>
    /// <param name="Index">From 0.</param>
    /// <param name="Stage">Its rules.</param>
    /// <param name="StepsPerEpoch">Steps in each of its epochs.</param>
    public sealed record StageStarted(int Index, Stage Stage, int StepsPerEpoch) : TrainingEvent;

    /// <summary>A step was taken.</summary>
    /// <param name="Stage">Name of the stage.</param>
    /// <param name="EpochInStage">From 1.</param>
    /// <param name="StepInEpoch">From 1.</param>
    /// <param name="StepsPerEpoch">Steps in the epoch.</param>
    /// <param name="Rate">Learning rate of the step.</param>
    /// <param name="Loss">Running mean of the training loss in this epoch.</param>
    /// <param name="PicturesPerSecond">In this epoch so far.</param>
    /// <param name="Remaining">Estimated time to the end of the run; null while unknown.</param>
    public sealed record StepDone(
        string Stage, int EpochInStage, int StepInEpoch, int StepsPerEpoch, double Rate, double Loss, double PicturesPerSecond, TimeSpan? Remaining) : TrainingEvent;

    /// <summary>An epoch and its validation are done.</summary>
    /// <param name="Record">The row of metrics.csv.</param>
    /// <param name="IsBest">Whether it is the best so far.</param>
    public sealed record EpochDone(EpochRecord Record, bool IsBest) : TrainingEvent;

    /// <summary>A stage is done.</summary>
    /// <param name="Summary">The row of the table of stages.</param>
    public sealed record StageDone(StageSummary Summary) : TrainingEvent;
}
