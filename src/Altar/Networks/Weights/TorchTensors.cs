using Altar.Networks.Weights.Pickle;
using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>From what a PyTorch pickle claims to tensors.</summary>
internal static class TorchTensors
{
    private static readonly string[] Nests = ["state_dict", "model_state_dict", "model"];

    /// <summary>Finds the state dict and builds its tensors; storages that are shared are read once.</summary>
    /// <param name="root">What the pickle holds.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="read">Reads a storage as a tensor of one dimension.</param>
    /// <exception cref="InvalidDataException">No weights in it, or a tensor that leaves its storage.</exception>
    public static TensorSet Build(object? root, string source, Func<StorageReference, Tensor> read)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> storages = [];
        Dictionary<string, Tensor> tensors = [];
        foreach (var (name, reference) in TensorSet.WithoutModulePrefix(StateOf(root)))
        {
            if (!storages.TryGetValue(reference.Storage.Key, out var storage)) storages[reference.Storage.Key] = storage = read(reference.Storage);
            tensors[name] = View(name, reference, storage);
        }

        foreach (var tensor in tensors.Values) tensor.DetachFromDisposeScope();
        return new(source, tensors);
    }

    private static List<KeyValuePair<string, TensorReference>> StateOf(object? root)
    {
        for (var depth = 0; depth < 4 && root is PickleDictionary dictionary; depth++)
        {
            List<KeyValuePair<string, TensorReference>> tensors =
                [.. from pair in dictionary.Pairs where pair is { Key: string, Value: TensorReference } select KeyValuePair.Create((string)pair.Key!, (TensorReference)pair.Value!)];
            if (tensors.Count > 0) return tensors;
            root = Nests.Select(key => dictionary[key]).FirstOrDefault(value => value is PickleDictionary);
        }

        throw new InvalidDataException($"there are no tensors by name in it, neither at the top nor under {string.Join(", ", Nests)}. Save a state_dict().");
    }

    private static Tensor View(string name, TensorReference reference, Tensor storage)
    {
        var (shape, strides) = (reference.Shape, reference.Strides);
        if (storage.dtype != reference.Storage.Type || shape.Length != strides.Length || shape.Length > 16 || shape.Concat(strides).Append(reference.Offset).Append(reference.Storage.ViewOffset).Any(number => number < 0)) throw Damaged(name);
        var count = shape.Aggregate((Int128)1, (product, side) => product > long.MaxValue ? product : product * side);
        var first = (Int128)reference.Offset + reference.Storage.ViewOffset;
        var last = count == 0 ? first - 1 : shape.Zip(strides).Aggregate(first, (place, axis) => place + (Int128)(axis.First - 1) * axis.Second);
        // More elements than the storage has (a stride of 0) are no weights, and would let a small file ask for any memory.
        if (last >= storage.numel() || count > storage.numel() || first > storage.numel()) throw Damaged(name);
        return storage.as_strided(shape, strides, (long)first).contiguous();
    }

    private static InvalidDataException Damaged(string name) => new($"'{name}' leaves its storage; the file is damaged. Fetch it again.");
}
