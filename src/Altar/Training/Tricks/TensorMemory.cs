using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Tensors by name that outlive the steps.</summary>
internal sealed class TensorMemory : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    public Tensor this[string name] => _tensors[name];

    /// <summary>Takes a tensor over, and frees the one of that name.</summary>
    public void Set(string name, Tensor tensor)
    {
        Remove(name);
        _tensors[name] = tensor.DetachFromDisposeScope();
    }

    public void Remove(string name)
    {
        if (_tensors.Remove(name, out var tensor)) tensor.Dispose();
    }

    /// <summary>Forgets all, and takes copies.</summary>
    public void Restore(IReadOnlyDictionary<string, Tensor> tensors, Device device)
    {
        Dispose();
        foreach (var (name, tensor) in tensors) Set(name, tensor.to(device, copy: true));
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
    }
}
