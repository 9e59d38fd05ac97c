using Altar.Tensors;

namespace Altar.Networks.Segmentation;

/// <summary>The segmentation networks that a recipe can name.</summary>
public static class SegmentationCatalog
{
    private const int MostFilters = 256;

    private static readonly Dictionary<string, SegmentationEntry> ByName = SegmentationTable.All.ToDictionary(entry => entry.Name);

    /// <summary>All entries, in the order of <c>altar models</c>: the authors' networks, then <c>unet+</c> and <c>fpn+</c> with every classifier.</summary>
    public static IReadOnlyList<SegmentationEntry> Entries => SegmentationTable.All;

    /// <summary>All names, in the order of <see cref="Entries"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SegmentationTable.All.Select(entry => entry.Name)];

    /// <summary>Whether there is a segmentation network of this name; letter case matters.</summary>
    /// <param name="name">As <c>model.name</c> says it.</param>
    public static bool Contains(string name) => ByName.ContainsKey(name);

    /// <summary>The entry of a name.</summary>
    /// <param name="name">As <c>model.name</c> says it.</param>
    /// <exception cref="BadInputException">No such network; names the nearest.</exception>
    public static SegmentationEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ByName.TryGetValue(name, out var entry)) return entry;
        throw new BadInputException(NetworkCatalog.Names.Contains(name)
            ? $"model.name: {name} is a classifier; to segment with it as encoder write unet+{name} or fpn+{name}."
            : $"model.name: there is no segmentation network '{name}'; did you mean {NearestName.Of(name, Names)}? `altar models` lists all.");
    }

    /// <summary>Builds a network with its first weights.</summary>
    /// <param name="options">The recipe's <c>model</c>; weights, preprocessing and allow_unset are not read here.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="seed">Decides the weights, by starting libtorch's generator there. Default: the generator goes on from where it is.</param>
    /// <exception cref="BadInputException">Unknown name, no classes, or an option that the network cannot have.</exception>
    public static SegmentationNetwork Create(ModelOptions options, int classes, Seed? seed = null)
    {
        var shape = Check(options, classes);
        seed?.ApplyToTorch();
        var network = Find(options.Name).Build(shape);
        network.HeadDropout = options.Dropout ?? network.HeadDropout;
        if (options.ClassHead) network.AddClassHead();
        return network;
    }

    /// <summary>What is wrong with options, before anything is built; null where nothing is.</summary>
    /// <param name="options">The recipe's <c>model</c>.</param>
    public static string? Problem(ModelOptions options)
    {
        try
        {
            Check(options, 1);
            return null;
        }
        catch (BadInputException error)
        {
            return error.Message;
        }
    }

    private static SegmentationShape Check(ModelOptions options, int classes)
    {
        ArgumentNullException.ThrowIfNull(options);
        var entry = Find(options.Name);
        if (classes < 1) throw new BadInputException($"{entry.Name}: {classes} classes; at least 1 is needed.");
        if (options.Channels < 1) throw new BadInputException($"model.channels: {options.Channels} is below 1; pictures have 1 channel (grey), 3 (colour), or more.");
        if (options.Dropout is < 0 or >= 1 or double.NaN) throw new BadInputException($"model.dropout: {options.Dropout} is outside [0, 1).");
        if (options.Padding != PaddingStyle.Torch && entry.Encoder != "mobilenet_v2") throw new BadInputException($"model.padding: {entry.Name} has no TensorFlow padding; only mobilenet_v2 has. Write torch.");
        var decoder = DecoderOf(entry, options);
        return new(new(decoder, KernelOf(entry, options, decoder)), FiltersOf(entry, options), classes, options.Channels, options.Padding);
    }

    private static DecoderKind DecoderOf(SegmentationEntry entry, ModelOptions options)
    {
        if (options.Decoder is not { } decoder) return entry.Decoders is [var first, ..] ? first : DecoderKind.Nearest;
        if (entry.Decoders.Contains(decoder)) return decoder;
        var choice = entry.Decoders.Count == 0 ? "it has no choice" : $"write {string.Join(" or ", entry.Decoders.Select(Text))}";
        throw new BadInputException($"model.decoder: {entry.Name} has no {Text(decoder)} decoder; {choice}, or remove the key.");
    }

    private static int KernelOf(SegmentationEntry entry, ModelOptions options, DecoderKind decoder)
    {
        if (options.Kernel is not { } kernel) return entry.Kernels is [var first, ..] ? first : 0;
        if (entry.Kernels.Count == 0) throw new BadInputException($"model.kernel: {entry.Name} has no transposed convolution; remove the key.");
        if (decoder != DecoderKind.Deconv) throw new BadInputException($"model.kernel: only transposed convolutions have one, and the decoder of {entry.Name} is {Text(decoder)}; write decoder: deconv, or remove the key.");
        return entry.Kernels.Contains(kernel) ? kernel : throw new BadInputException($"model.kernel: {entry.Name} has no kernel of {kernel}; write {string.Join(" or ", entry.Kernels)}.");
    }

    private static int FiltersOf(SegmentationEntry entry, ModelOptions options)
    {
        if (options.Filters is not { } filters) return entry.Filters ?? 0;
        if (entry.Filters is null) throw new BadInputException($"model.filters: {entry.Name} has fixed widths; only {string.Join(", ", Entries.Where(other => other.Filters is not null).Select(other => other.Name))} have a choice.");
        return filters is >= 1 and <= MostFilters ? filters : throw new BadInputException($"model.filters: {filters} is outside 1 to {MostFilters}.");
    }

    private static string Text(DecoderKind decoder) => decoder.ToString().ToLowerInvariant();
}
