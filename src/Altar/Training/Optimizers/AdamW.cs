using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Optimizers;

/// <summary>Adam with decoupled weight decay (arXiv:1711.05101), betas 0.9 and 0.999, epsilon 1e-8, as PyTorch computes it.</summary>
/// <param name="parameters">What learns.</param>
public sealed class AdamW(IEnumerable<LearningParameter> parameters) : StageOptimizer(parameters)
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    /// <inheritdoc/>
    protected override void Move(LearningParameter parameter, Tensor gradient, double rate)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var weight = parameter.Weight;
        if (parameter.Decay != 0) weight.MultiplyInPlace(1 - rate * parameter.Decay);

        var steps = Steps - parameter.JoinsAfter;
        var mean = Remember("mean", parameter).MultiplyInPlace(Beta1).AddInPlace(gradient, 1 - Beta1);
        var square = Remember("square", parameter).MultiplyInPlace(Beta2).AddProductInPlace(gradient, gradient, 1 - Beta2);
        var denominator = square.sqrt().DivideInPlace(Math.Sqrt(1 - Math.Pow(Beta2, steps))).AddInPlace(Epsilon);
        weight.AddQuotientInPlace(mean, denominator, -rate / (1 - Math.Pow(Beta1, steps)));
    }
}
