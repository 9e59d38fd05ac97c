using static TorchSharp.torch;

namespace Altar.Training.Optimizers;

/// <summary>Turns gradients into new weights. New in every stage, as the originals did; its memory is part of a checkpoint.</summary>
/// <remarks>Our own, because its memory must be readable by name and restorable exactly.</remarks>
public abstract class StageOptimizer : IDisposable
{
    private readonly List<LearningParameter> _parameters;
    private readonly Dictionary<string, Tensor> _memory = [];

    /// <summary>Starts without memory.</summary>
    /// <param name="parameters">What learns.</param>
    protected StageOptimizer(IEnumerable<LearningParameter> parameters) => _parameters = [.. parameters];

    /// <summary>What learns.</summary>
    public IReadOnlyList<LearningParameter> Parameters => _parameters;

    /// <summary>Names of the weights that learn.</summary>
    public IEnumerable<string> Learning => _parameters.Select(parameter => parameter.Name);

    /// <summary>What the optimizer remembers, by name, e.g. "momentum/fc.weight". Owned by the optimizer.</summary>
    public IReadOnlyDictionary<string, Tensor> Memory => _memory;

    /// <summary>Steps taken in this stage, those of replayed batches included.</summary>
    public int Steps { get; private set; }

    /// <summary>Forgets the gradients of the last step.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in _parameters) parameter.Weight.grad = null;   // null, not zero: backward then writes instead of adding
    }

    /// <summary>Moves every weight that has a gradient.</summary>
    /// <param name="rate">Learning rate, at least 0.</param>
    public void Step(double rate)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Steps++;
        foreach (var parameter in _parameters)
        {
            if (Steps > parameter.JoinsAfter && parameter.Weight.grad is { } gradient) Move(parameter, gradient, rate * parameter.RateFactor);
        }
    }

    /// <summary>Goes back to a remembered state.</summary>
    /// <param name="memory">As <see cref="Memory"/> gave it.</param>
    /// <param name="steps">Steps taken then.</param>
    public void Restore(IReadOnlyDictionary<string, Tensor> memory, int steps)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Forget();
        foreach (var (name, tensor) in memory)
        {
            var weight = _parameters.First(parameter => name.EndsWith('/' + parameter.Name, StringComparison.Ordinal)).Weight;
            _memory[name] = tensor.to(weight.device, copy: true).DetachFromDisposeScope();
        }

        Steps = steps;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Forget();
        GC.SuppressFinalize(this);
    }

    /// <summary>Moves one weight. Tensors made here are freed after the step.</summary>
    /// <param name="parameter">The weight and its decay.</param>
    /// <param name="gradient">Same shape as the weight.</param>
    /// <param name="rate">Learning rate.</param>
    protected abstract void Move(LearningParameter parameter, Tensor gradient, double rate);

    /// <summary>A remembered tensor in the shape and layout of the weight, zero at first.</summary>
    /// <param name="kind">What it remembers, e.g. "momentum".</param>
    /// <param name="parameter">Of which weight.</param>
    protected Tensor Remember(string kind, LearningParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var name = $"{kind}/{parameter.Name}";
        if (!_memory.TryGetValue(name, out var tensor))
        {
            tensor = zeros_like(parameter.Weight, requires_grad: false).DetachFromDisposeScope();
            _memory[name] = tensor;
        }

        return tensor;
    }

    private void Forget()
    {
        foreach (var tensor in _memory.Values) tensor.Dispose();
        _memory.Clear();
    }
}

/// <summary>A weight that learns.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Weight">The weight itself, owned by the network.</param>
/// <param name="Decay">Its weight decay, at least 0.</param>
public sealed record LearningParameter(string Name, TorchSharp.Modules.Parameter Weight, double Decay)
{
    /// <summary>What the stage's rate is multiplied by, above 0. Default 1.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>Steps of the stage in which it rests first. Default 0.</summary>
    public int JoinsAfter { get; init; }

    /// <summary>Whether it is behind the trunk. Default false.</summary>
    public bool IsHead { get; init; }
}
