namespace Altar.Training;

/// <summary>What a step found.</summary>
/// <param name="Loss">Loss of the batch before the move.</param>
public sealed record StepResult(double Loss)
{
    /// <summary>How large gradients and weights were; null where the step was not asked to measure them.</summary>
    public StepNorms? Norms { get; init; }

    /// <summary>What the network said of each sample before the move, in the batch's order; empty where the step was not asked to keep it.</summary>
    public IReadOnlyList<SampleOutcome> Samples { get; init; } = [];

    /// <summary>How many samples gradients were computed of; below the batch where easy ones were skipped.</summary>
    public int Learnt { get; init; }
}

/// <summary>Euclidean norms over all weights that learn.</summary>
/// <param name="Gradient">Of the gradients, before any clipping.</param>
/// <param name="Weight">Of the weights, before the move.</param>
public readonly record struct StepNorms(double Gradient, double Weight);

/// <summary>What a network said of a sample.</summary>
/// <param name="Loss">Its loss; NaN where the loss has diverged.</param>
/// <param name="Guess">The class with the largest probability; -1 where the task has no single class a sample.</param>
/// <param name="GuessProbability">Probability of <paramref name="Guess"/>.</param>
/// <param name="TruthProbability">Probability of the sample's label.</param>
public readonly record struct SampleOutcome(float Loss, int Guess = -1, float GuessProbability = float.NaN, float TruthProbability = float.NaN);
