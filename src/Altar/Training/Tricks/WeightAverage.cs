using Altar.Networks;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>An average of the weights over the stage: what is validated and kept, while training goes on with its own weights.</summary>
/// <remarks>At the stage's end the average becomes the network's weights. Only what moves is averaged: weights that learn, and running statistics where the norms are not frozen.</remarks>
public abstract class WeightAverage : StageTrick
{
    private const string Weight = "weight/";
    private readonly TensorMemory _memory = new();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Memory => _memory.Tensors;

    /// <summary>Whether there is an average yet.</summary>
    public bool HasWeights => _memory.Tensors.Keys.Any(name => name.StartsWith(Weight, StringComparison.Ordinal));

    /// <summary>Tensors that are remembered besides the average.</summary>
    private protected TensorMemory Notes => _memory;

    /// <inheritdoc/>
    public override void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device) => _memory.Restore(memory, device);

    /// <inheritdoc/>
    public override void OnStageEnd(StageSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        CopyInto(session.Network);
    }

    /// <summary>All tensors of the network, with the average in the place of what is averaged.</summary>
    /// <param name="network">The network.</param>
    public IReadOnlyDictionary<string, Tensor> Averaged(VisionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.state_dict().ToDictionary(entry => entry.Key, entry => Of(entry.Key) ?? entry.Value);
    }

    /// <summary>Puts the average into the network until the result is disposed of.</summary>
    /// <param name="network">The network.</param>
    public IDisposable Show(VisionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new Shown(this, network);
    }

    /// <summary>The average of a tensor, or null.</summary>
    /// <param name="name">Its name in the network.</param>
    protected Tensor? Of(string name) => _memory.Tensors.GetValueOrDefault(Weight + name);

    /// <summary>Sets the average of a tensor.</summary>
    /// <param name="name">Its name in the network.</param>
    /// <param name="tensor">Taken over.</param>
    protected void Set(string name, Tensor tensor) => _memory.Set(Weight + name, tensor);

    /// <summary>What moves in a stage: weights that learn, and running statistics where the norms are not frozen. Counters are left out: they are no average.</summary>
    /// <param name="session">The stage.</param>
    protected static IEnumerable<(string Name, Tensor Tensor)> Moving(StageSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        foreach (var parameter in session.Optimizer.Parameters) yield return (parameter.Name, parameter.Weight);
        if (session.Stage.Norm == NormPolicy.Frozen) yield break;
        foreach (var (name, buffer) in session.Network.named_buffers().Where(entry => entry.buffer.is_floating_point())) yield return (name, buffer);
    }

    /// <inheritdoc/>
    protected override void Forget() => _memory.Dispose();

    private void CopyInto(VisionNetwork network)
    {
        using var noGradients = no_grad();
        foreach (var (name, tensor) in network.state_dict())
        {
            if (Of(name) is { } average) tensor.copy_(average);
        }
    }

    private sealed class Shown : IDisposable
    {
        private readonly VisionNetwork _network;
        private readonly TensorMemory _own = new();

        public Shown(WeightAverage average, VisionNetwork network)
        {
            _network = network;
            using var scope = NewDisposeScope();
            foreach (var (name, tensor) in network.state_dict())
            {
                if (average.Of(name) is not null) _own.Set(name, tensor.detach().clone());
            }

            average.CopyInto(network);
        }

        public void Dispose()
        {
            using var noGradients = no_grad();
            foreach (var (name, tensor) in _network.state_dict())
            {
                if (_own.Tensors.TryGetValue(name, out var own)) tensor.copy_(own);
            }

            _own.Dispose();
        }
    }
}
