using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>The tensors of a weights file, on the CPU, by name in the order of the file.</summary>
/// <param name="source">The file.</param>
/// <param name="tensors">Owned from here on.</param>
/// <param name="metadata">Texts that the file carries besides. Default none.</param>
public sealed class TensorSet(string source, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) : IDisposable
{
    /// <summary>The file, for messages.</summary>
    public string Source => source;

    /// <summary>The tensors; they live as long as the set.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>Texts that the file carries besides.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata ?? new Dictionary<string, string>();

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    /// <summary>Data-parallel training puts "module." before every name: taken away where all have it.</summary>
    internal static IEnumerable<KeyValuePair<string, T>> WithoutModulePrefix<T>(IReadOnlyCollection<KeyValuePair<string, T>> entries)
    {
        const string Prefix = "module.";
        return entries.All(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal))
            ? entries.Select(entry => KeyValuePair.Create(entry.Key[Prefix.Length..], entry.Value))
            : entries;
    }
}
