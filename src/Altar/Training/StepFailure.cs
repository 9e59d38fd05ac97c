using Altar.Batching;

namespace Altar.Training;

/// <summary>What became of a step that failed.</summary>
public enum FailureKind
{
    /// <summary>The loss, or a weight after the move, is infinite or NaN.</summary>
    NonFinite,

    /// <summary>The memory of the device or the process did not suffice.</summary>
    OutOfMemory,
}

/// <summary>A step that training cannot go on from.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Session">The stage at hand.</param>
/// <param name="State">How far the run was before the step.</param>
/// <param name="Batch">What was learnt from; null where it showed only in the weights, at the epoch's end.</param>
/// <param name="Rate">Learning rate of the step.</param>
/// <param name="Loss">Loss of the batch; NaN where there is none.</param>
public sealed record StepFailure(FailureKind Kind, StageSession Session, TrainingState State, Batch? Batch, double Rate, double Loss);

/// <summary>Decides how a run goes on after a failed step.</summary>
public interface IRecovery
{
    /// <summary>Goes back: the network has the weights of an earlier state afterwards.</summary>
    /// <param name="failure">What happened.</param>
    /// <returns>The earlier state, and what is changed in it.</returns>
    /// <exception cref="Tensors.BadInputException">The run stops here.</exception>
    TrainingState GoBack(StepFailure failure);
}
