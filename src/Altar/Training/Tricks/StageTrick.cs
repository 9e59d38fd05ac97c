using Altar.Batching;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Accompanies one stage and remembers something for it; new in every stage, as the optimizer is.</summary>
/// <remarks>
/// All that decides the steps to come is in <see cref="Memory"/>: a checkpoint keeps it, and a resumed run is the same run.
/// What needs no memory is no trick but a part of <see cref="TrainStep"/>.
/// </remarks>
public abstract class StageTrick : IDisposable
{
    /// <summary>Its place in a checkpoint: the first part of its tensors' names.</summary>
    public abstract string Name { get; }

    /// <summary>What it remembers, by name. Owned by the trick; empty while there is nothing.</summary>
    public abstract IReadOnlyDictionary<string, Tensor> Memory { get; }

    /// <summary>Goes back to a remembered state. The trick keeps copies.</summary>
    /// <param name="memory">As <see cref="Memory"/> gave it.</param>
    /// <param name="device">Where the network is.</param>
    public abstract void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device);

    /// <summary>An epoch's steps begin, or go on after a resume.</summary>
    /// <param name="session">The stage.</param>
    /// <param name="epoch">Of the stage, from 0.</param>
    public virtual void OnEpochStart(StageSession session, int epoch)
    {
    }

    /// <summary>A step was taken.</summary>
    /// <param name="step">What happened.</param>
    public virtual void OnStep(StepTaken step)
    {
    }

    /// <summary>An epoch's steps are done and its validation follows. Comes again when a run was stopped before that validation's end.</summary>
    /// <param name="session">The stage.</param>
    /// <param name="epoch">Of the stage, from 0.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>; the memory is then as it was.</param>
    public virtual void OnEpochTrained(StageSession session, int epoch, CancellationToken cancel)
    {
    }

    /// <summary>The stage is over; the network's weights are what the next one starts from.</summary>
    /// <param name="session">The stage.</param>
    public virtual void OnStageEnd(StageSession session)
    {
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Forget();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory.</summary>
    protected virtual void Forget()
    {
    }
}

/// <summary>What a trick is told of a step.</summary>
/// <param name="Session">The stage.</param>
/// <param name="Step">The step's number in the run, from 0: the chance of what follows it comes from <see cref="StageSession.SeedOfStep"/>.</param>
/// <param name="Batch">What was learnt from; its memory is used again after the step.</param>
/// <param name="Rate">Learning rate of the step.</param>
/// <param name="Result">What the step found.</param>
public sealed record StepTaken(StageSession Session, int Step, Batch Batch, double Rate, StepResult Result);
