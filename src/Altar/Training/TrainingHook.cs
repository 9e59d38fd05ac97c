namespace Altar.Training;

/// <summary>What a hook wishes after a moment.</summary>
public enum Verdict
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>End this stage and go on with the next.</summary>
    EndStage,
}

/// <summary>A stage begins, or goes on after a resume.</summary>
/// <param name="Session">Its network, optimizer, and batches.</param>
/// <param name="State">How far the run is.</param>
public readonly record struct StageStart(StageSession Session, TrainingState State);

/// <summary>A step was taken.</summary>
/// <param name="Session">The stage at hand.</param>
/// <param name="State">How far the run is, this step included.</param>
/// <param name="Rate">Learning rate of the step.</param>
/// <param name="Result">What the step found.</param>
public readonly record struct StepEnd(StageSession Session, TrainingState State, double Rate, StepResult Result)
{
    /// <summary>Loss of the batch.</summary>
    public double Loss => Result.Loss;
}

/// <summary>An epoch and its validation are done.</summary>
/// <param name="Session">The stage at hand.</param>
/// <param name="State">How far the run is, this epoch included.</param>
/// <param name="Record">The epoch's row.</param>
/// <param name="IsBest">Whether it is the best so far.</param>
public readonly record struct EpochEnd(StageSession Session, TrainingState State, EpochRecord Record, bool IsBest);

/// <summary>A stage is done.</summary>
/// <param name="Session">The stage.</param>
/// <param name="State">How far the run is: at the start of the next stage.</param>
/// <param name="Summary">The stage's row.</param>
public readonly record struct StageEnd(StageSession Session, TrainingState State, StageSummary Summary);

/// <summary>The run was asked to stop before its end.</summary>
/// <param name="Session">The stage at hand.</param>
/// <param name="State">How far the run is.</param>
public readonly record struct Interruption(StageSession Session, TrainingState State);

/// <summary>Extends training at named moments. Override only the moments you need.</summary>
public abstract class TrainingHook
{
    /// <summary>A stage begins.</summary>
    /// <param name="moment">What is known then.</param>
    public virtual void OnStageStart(in StageStart moment)
    {
    }

    /// <summary>A step was taken.</summary>
    /// <param name="moment">What is known then.</param>
    public virtual void OnStepEnd(in StepEnd moment)
    {
    }

    /// <summary>An epoch and its validation are done.</summary>
    /// <param name="moment">What is known then.</param>
    /// <returns>What the hook wishes.</returns>
    public virtual Verdict OnEpochEnd(in EpochEnd moment) => Verdict.Continue;

    /// <summary>A stage is done.</summary>
    /// <param name="moment">What is known then.</param>
    public virtual void OnStageEnd(in StageEnd moment)
    {
    }

    /// <summary>The run was asked to stop before its end.</summary>
    /// <param name="moment">What is known then.</param>
    public virtual void OnInterruption(in Interruption moment)
    {
    }
}
