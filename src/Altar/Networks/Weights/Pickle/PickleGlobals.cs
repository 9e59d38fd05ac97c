using static TorchSharp.torch;

namespace Altar.Networks.Weights.Pickle;

/// <summary>The closed set of names that a weights file may use, and what they make: values, never calls into code.</summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<string, ScalarType> Storages = new()
    {
        ["DoubleStorage"] = ScalarType.Float64, ["FloatStorage"] = ScalarType.Float32, ["HalfStorage"] = ScalarType.Float16, ["BFloat16Storage"] = ScalarType.BFloat16,
        ["LongStorage"] = ScalarType.Int64, ["IntStorage"] = ScalarType.Int32, ["ShortStorage"] = ScalarType.Int16, ["CharStorage"] = ScalarType.Int8,
        ["ByteStorage"] = ScalarType.Byte, ["BoolStorage"] = ScalarType.Bool,
    };

    private static readonly HashSet<string> Functions =
        ["collections.OrderedDict", "torch.Size", "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter"];

    /// <summary>Admits a name.</summary>
    /// <exception cref="InvalidDataException">Not of the set.</exception>
    public static PickleGlobal Admit(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return Functions.Contains(global.ToString()) || (module == "torch" && Storages.ContainsKey(name))
            ? global
            : throw new InvalidDataException($"it refers to {global}, which is none of the names that weights need, and no code from a file is run. Load it in PyTorch and save its state_dict() alone.");
    }

    /// <summary>What a function of the set makes of its arguments.</summary>
    public static object Apply(object? function, object? arguments)
    {
        var items = arguments is PickleTuple tuple ? tuple.Items : throw Damaged();
        return (function as PickleGlobal)?.ToString() switch
        {
            "collections.OrderedDict" when items.Count == 0 => new PickleDictionary(),
            "collections.OrderedDict" when items is [List<object?> pairs] => FromPairs(pairs),
            "torch.Size" when items is [PickleTuple sides] => sides,
            "torch._utils._rebuild_parameter" when items is [TensorReference tensor, ..] => tensor,
            "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" when items is [StorageReference storage, long offset, PickleTuple shape, PickleTuple strides, ..] =>
                new TensorReference(storage, offset, Numbers(shape), Numbers(strides)),
            _ => throw Damaged(),
        };
    }

    /// <summary>What a persistent id stands for: ("storage", type, key, device, count[, view]).</summary>
    public static StorageReference Storage(object? id) => id is PickleTuple { Items: ["storage", PickleGlobal { Module: "torch" } type, string key, _, long count, ..] items } && Storages.TryGetValue(type.Name, out var scalar)
        ? new(key, scalar, count, items.Count > 5 && items[5] is PickleTuple { Items: [_, long offset, ..] } ? offset : 0)
        : throw new InvalidDataException("it refers to something that is no storage of numbers; a whole module was saved. Load it in PyTorch and save its state_dict().");

    private static PickleDictionary FromPairs(List<object?> pairs)
    {
        var result = new PickleDictionary();
        foreach (var pair in pairs)
        {
            var items = pair switch { PickleTuple tuple => tuple.Items, List<object?> list => list, _ => throw Damaged() };
            if (items.Count != 2) throw Damaged();
            result.Pairs.Add(KeyValuePair.Create(items[0], items[1]));
        }

        return result;
    }

    private static long[] Numbers(PickleTuple tuple) => [.. tuple.Items.Select(item => item is long number ? number : throw Damaged())];

    internal static InvalidDataException Damaged() => new("its pickle is damaged. Fetch it again.");
}
