using Altar.Networks.Segmentation;
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
        ?? throw new BadInputException(SegmentationCatalog.Contains(name)
            ? $"model.name: {name} scores pixels, not pictures; a classifier is needed here, e.g. {SegmentationCatalog.Find(name).Encoder ?? "resnet18"}. `altar models` lists all."
            : $"model.name: there is no network '{name}'; did you mean {NearestName.Of(name, Names)}? `altar models` lists all.");

    /// <summary>Builds a network with the first weights of its paper.</summary>
    /// <param name="name">As <see cref="Names"/> has it.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="options">Channels, padding and dropout; the rest is not read here. Default: the network's own.</param>
    /// <param name="seed">Decides the weights, by starting libtorch's generator there. Default: the generator goes on from where it is.</param>
    /// <exception cref="BadInputException">Unknown name, no classes, or an option that the network cannot have.</exception>
    public static Classifier Create(string name, int classes, ModelOptions? options = null, Seed? seed = null)
    {
        var entry = Find(name);
        options ??= new();
        Check(name, classes, options);
        seed?.ApplyToTorch();
        var network = entry.Build(classes, options.Channels, options.Padding);
        network.HeadDropout = options.Dropout ?? network.HeadDropout;
        return network;
    }

    private static void Check(string name, int classes, ModelOptions options)
    {
        if (classes < 1) throw new BadInputException($"{name}: {classes} classes; a classifier needs at least 1.");
        if (options.Dropout is < 0 or >= 1 or double.NaN) throw new BadInputException($"model.dropout: {options.Dropout} is outside [0, 1).");
        if (options.Channels < 1) throw new BadInputException($"model.channels: {options.Channels} is below 1; pictures have 1 channel (grey), 3 (colour), or more.");
        var foreign = options.Decoder is not null ? "decoder" : options.Kernel is not null ? "kernel" : options.Filters is not null ? "filters" : options.ClassHead ? "class_head" : null;
        if (foreign is not null) throw new BadInputException($"model.{foreign}: {name} is a classifier and has no decoder; remove the key, or write model.name: unet+{name} to segment.");
    }
}
