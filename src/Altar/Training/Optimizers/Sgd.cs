using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Optimizers;

/// <summary>Stochastic gradient descent as PyTorch computes it: v = momentum * v + g + decay * w, then w -= rate * v (Nesterov: rate * (g + decay * w + momentum * v)).</summary>
/// <param name="parameters">What learns.</param>
/// <param name="momentum">In [0, 1).</param>
/// <param name="nesterov">Whether to look ahead (Sutskever et al. 2013).</param>
public sealed class Sgd(IEnumerable<LearningParameter> parameters, double momentum, bool nesterov) : StageOptimizer(parameters)
{
    /// <inheritdoc/>
    protected override void Move(LearningParameter parameter, Tensor gradient, double rate)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var weight = parameter.Weight;
        if (parameter.Decay != 0) gradient = gradient.Plus(weight, parameter.Decay);
        if (momentum == 0)
        {
            weight.AddInPlace(gradient, -rate);
            return;
        }

        var velocity = Remember("momentum", parameter).MultiplyInPlace(momentum).AddInPlace(gradient);
        weight.AddInPlace(nesterov ? gradient.Plus(velocity, momentum) : velocity, -rate);
    }
}
