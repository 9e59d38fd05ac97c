using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>An exponential moving average of the weights, moved after every step (Polyak averaging; arXiv:1703.01780).</summary>
/// <remarks>After t steps the decay is at most (1 + t) / (10 + t): a short stage does not drag its first weights along.</remarks>
/// <param name="decay">In (0, 1).</param>
public sealed class MovingAverage(double decay) : WeightAverage
{
    private const string Steps = "steps";

    /// <inheritdoc/>
    public override string Name => "ema";

    /// <summary>The decay of an update.</summary>
    /// <param name="decay">The highest.</param>
    /// <param name="updates">Updates before it.</param>
    public static double DecayAt(double decay, long updates) => Math.Min(decay, (1.0 + updates) / (10.0 + updates));

    /// <inheritdoc/>
    public override void OnStep(StepTaken step)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var updates = Notes.Tensors.TryGetValue(Steps, out var known) ? known.item<long>() : 0;
        var keep = DecayAt(decay, updates);
        foreach (var (name, tensor) in Moving(step.Session))
        {
            if (Of(name) is not { } average) Set(name, tensor.detach().clone());
            else average.MultiplyInPlace(keep).AddInPlace(tensor.detach(), 1 - keep);
        }

        Notes.Set(Steps, tensor(updates + 1));
    }
}
