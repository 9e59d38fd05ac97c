using static TorchSharp.torch;

namespace Altar.Networks.Weights.Pickle;

/// <summary>A tuple of a pickle.</summary>
internal sealed record PickleTuple(IReadOnlyList<object?> Items);

/// <summary>A class or function that a pickle names. Only <see cref="PickleGlobals"/> decides what becomes of it.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A dict or OrderedDict of a pickle, in its order.</summary>
internal sealed class PickleDictionary
{
    /// <summary>The pairs, in order; a later pair with the same key stands above an earlier one.</summary>
    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];

    /// <summary>The value of a text key; null where there is none.</summary>
    public object? this[string key] => Pairs.LastOrDefault(pair => pair.Key is string text && text == key).Value;
}

/// <summary>A run of numbers that lies elsewhere in the file.</summary>
/// <param name="Key">Names it.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Count">Elements, as the pickle claims; not checked yet.</param>
/// <param name="ViewOffset">Elements to leave out at the start.</param>
internal sealed record StorageReference(string Key, ScalarType Type, long Count, long ViewOffset);

/// <summary>A tensor over a storage, as the pickle claims; not checked yet.</summary>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Shape, long[] Strides);
