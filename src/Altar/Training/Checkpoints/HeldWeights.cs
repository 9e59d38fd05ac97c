using static TorchSharp.torch;

namespace Altar.Training.Checkpoints;

/// <summary>A copy of weights that wait to be written: epochs of a second would otherwise spend most of their time on the disk.</summary>
internal sealed class HeldWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors;

    public HeldWeights(StageSession session)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Stage = session.Stage;
        _tensors = session.Weights.ToDictionary(entry => entry.Key, entry => entry.Value.detach().to(CPU, copy: true).DetachFromDisposeScope());
    }

    public Stage Stage { get; }

    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
    }
}
