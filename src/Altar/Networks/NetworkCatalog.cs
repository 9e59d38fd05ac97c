using Altar.Tensors;

namespace Altar.Networks;

/// <summary>The classifiers that a recipe can name.</summary>
public static class NetworkCatalog
{
    /// <summary>All entries, in the order of <c>altar models</c>.</summary>
    public static IReadOnlyList<NetworkEntry> Entries => NetworkTable.All;

    /// <summary>All names, in the order of <see cref="Entries"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. NetworkTable.All.Select(entry => entry.Name)];

    /// <summary>The entry of a name.</summary>
    /// <param name="name">As <c>model.name</c> says it; letter case matters.</param>
    /// <exception cref="BadInputException">No such network; names the nearest.</exception>
    public static NetworkEntry Find(string name) =>
        NetworkTable.All.FirstOrDefault(entry => entry.Name == name)
        ?? throw new BadInputException($"model.name: there is no network '{name}'; did you mean {Nearest(name)}? `altar models` lists all.");

    /// <summary>Builds a network with the first weights of its paper.</summary>
    /// <param name="name">As <see cref="Names"/> has it.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="options">Padding and dropout; the rest is not read here. Default: the network's own.</param>
    /// <param name="seed">Decides the weights, by starting libtorch's generator there. Default: the generator goes on from where it is.</param>
    /// <exception cref="BadInputException">Unknown name, no classes, a padding or dropout the network cannot have.</exception>
    public static Classifier Create(string name, int classes, ModelOptions? options = null, Seed? seed = null)
    {
        var entry = Find(name);
        if (classes < 1) throw new BadInputException($"{name}: {classes} classes; a classifier needs at least 1.");
        if (options?.Dropout is < 0 or >= 1 or double.NaN) throw new BadInputException($"model.dropout: {options.Dropout} is outside [0, 1).");
        seed?.ApplyToTorch();
        var network = entry.Build(classes, options?.Padding ?? PaddingStyle.Torch);
        network.HeadDropout = options?.Dropout ?? network.HeadDropout;
        return network;
    }

    private static string Nearest(string name) => Names.MinBy(known => Distance(known, name))!;

    // Levenshtein: edits that turn one word into the other.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
