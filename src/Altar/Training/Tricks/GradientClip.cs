using Altar.Tensors;
using Altar.Training.Optimizers;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Measures gradients, and keeps them within bounds.</summary>
public static class GradientClip
{
    private const double SmallestWeight = 1e-3, SmallestGradient = 1e-6;   // the paper's and PyTorch's

    /// <summary>Norms over all weights that have a gradient.</summary>
    /// <param name="parameters">What learns.</param>
    public static StepNorms Norms(IEnumerable<LearningParameter> parameters)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var moved = parameters.Where(parameter => parameter.Weight.grad is not null).ToList();
        if (moved.Count == 0) return default;
        return new StepNorms(TotalNorm(moved.Select(parameter => parameter.Weight.grad!)).item<float>(), TotalNorm(moved.Select(parameter => (Tensor)parameter.Weight)).item<float>());
    }

    /// <summary>Brings the gradients within every bound that is given: adaptive first, then value, then norm.</summary>
    /// <param name="parameters">What learns; their gradients change.</param>
    /// <param name="options">The bounds.</param>
    public static void Apply(IReadOnlyList<LearningParameter> parameters, ClipOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var gradients = parameters.Where(parameter => parameter.Weight.grad is not null).ToList();
        if (gradients.Count == 0) return;
        if (options.Adaptive is { } ratio)
        {
            foreach (var parameter in gradients.Where(parameter => !parameter.IsHead)) ByUnit(parameter.Weight, parameter.Weight.grad!, ratio);
        }

        if (options.Value is { } value)
        {
            var bound = tensor((float)value, gradients[0].Weight.device);
            foreach (var parameter in gradients) parameter.Weight.grad!.clamp_(bound.neg(), bound);
        }

        if (options.Norm is { } norm) ByNorm([.. gradients.Select(parameter => parameter.Weight.grad!)], norm);
    }

    /// <summary>Scales all gradients so that their common norm is at most <paramref name="most"/>.</summary>
    /// <param name="gradients">Changed in place.</param>
    /// <param name="most">Above 0.</param>
    public static void ByNorm(IReadOnlyList<Tensor> gradients, double most)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        using var scope = NewDisposeScope();
        var total = TotalNorm(gradients);
        var device = total.device;
        var factor = tensor((float)most, device).div(total.AddInPlace(SmallestGradient)).minimum(tensor(1f, device));   // []; stays on the device
        foreach (var gradient in gradients) gradient.mul_(factor);
    }

    /// <summary>Scales the gradient of each unit (an output channel; a vector is one unit) so that its norm is at most a share of its weights' norm (arXiv:2102.06171).</summary>
    /// <param name="weight">[O, ...].</param>
    /// <param name="gradient">Changed in place; the same shape.</param>
    /// <param name="ratio">Above 0.</param>
    public static void ByUnit(Tensor weight, Tensor gradient, double ratio)
    {
        using var scope = NewDisposeScope();
        var floor = tensor((float)SmallestWeight, weight.device);
        var bound = UnitNorm(weight).maximum(floor).MultiplyInPlace(ratio);                       // [O, 1, ...]
        var norm = UnitNorm(gradient).maximum(tensor((float)SmallestGradient, weight.device));    // [O, 1, ...]
        gradient.mul_(bound.div(norm).minimum(tensor(1f, weight.device)));
    }

    private static Tensor UnitNorm(Tensor tensor) => tensor.dim() <= 1
        ? tensor.mul(tensor).sum().sqrt()
        : tensor.mul(tensor).sum([.. Enumerable.Range(1, (int)tensor.dim() - 1).Select(axis => (long)axis)], keepdim: true).sqrt();

    private static Tensor TotalNorm(IEnumerable<Tensor> tensors) => stack([.. tensors.Select(each => each.norm())]).norm();
}
