using Altar.Tensors;
using Altar.Training.Optimizers;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Keeps small gradients out of float16's underflow: the loss is multiplied before the backward pass, the gradients divided after it.</summary>
/// <remarks>
/// Mixed precision training, arXiv:1710.03740; the constants are those of PyTorch's GradScaler. A step whose gradients overflow moves nothing
/// and halves the scale; after 2000 steps without one it doubles. It is a power of two, so that dividing takes no bit away.
/// </remarks>
public sealed class LossScale : StageTrick
{
    private const string Scale = "scale", Good = "good";
    private const double First = 65536, Least = 1;
    private const long StepsToGrow = 2000;

    private readonly TensorMemory _memory = new();

    /// <summary>Starts at 65536.</summary>
    public LossScale() => Set(First, good: 0);

    /// <inheritdoc/>
    public override string Name => "loss-scale";

    /// <summary>What the loss is multiplied by.</summary>
    public double Value => _memory[Scale].item<double>();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Memory => _memory.Tensors;

    /// <inheritdoc/>
    public override void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Set(memory[Scale].item<double>(), memory[Good].item<long>());
    }

    /// <summary>Divides the gradients, and learns from them how large the next scale may be.</summary>
    /// <param name="parameters">Their gradients change.</param>
    /// <returns>Whether all are finite: otherwise the step must not move the weights.</returns>
    public bool Unscale(IEnumerable<LearningParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var gradients = parameters.Select(parameter => parameter.Weight.grad).OfType<Tensor>().ToList();
        foreach (var gradient in gradients) gradient.MultiplyInPlace(1 / Value);
        var isFinite = gradients.Count == 0 || stack([.. gradients.Select(gradient => gradient.isfinite().all())]).all().item<bool>();   // waits for the GPU
        var good = isFinite ? _memory[Good].item<long>() + 1 : 0;
        if (!isFinite) Set(Math.Max(Least, Value / 2), 0);
        else if (good == StepsToGrow) Set(Value * 2, 0);
        else Set(Value, good);
        return isFinite;
    }

    /// <inheritdoc/>
    protected override void Forget() => _memory.Dispose();

    private void Set(double scale, long good)
    {
        _memory.Set(Scale, tensor(scale));
        _memory.Set(Good, tensor(good));
    }
}
