using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Optimizers;

/// <summary>Lion (arXiv:2302.06675): w -= rate * (sign(0.9 m + 0.1 g) + decay * w), then m = 0.99 m + 0.01 g. Every weight moves by the same amount, so the paper takes a third to a tenth of AdamW's rate and three to ten times its decay.</summary>
/// <param name="parameters">What learns.</param>
public sealed class Lion(IEnumerable<LearningParameter> parameters) : StageOptimizer(parameters)
{
    private const double Beta1 = 0.9, Beta2 = 0.99;   // the paper's, for pictures

    /// <inheritdoc/>
    protected override void Move(LearningParameter parameter, Tensor gradient, double rate)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var weight = parameter.Weight;
        var mean = Remember("mean", parameter);
        var direction = mean.clone().MultiplyInPlace(Beta1).AddInPlace(gradient, 1 - Beta1).sign_();
        if (parameter.Decay != 0) weight.MultiplyInPlace(1 - (rate * parameter.Decay));
        weight.AddInPlace(direction, -rate);
        mean.MultiplyInPlace(Beta2).AddInPlace(gradient, 1 - Beta2);
    }
}
