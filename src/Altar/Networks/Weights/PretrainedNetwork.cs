using Altar.Networks.Segmentation;
using Altar.Tensors;

namespace Altar.Networks.Weights;

/// <summary>A network with the weights that a recipe names.</summary>
public static class PretrainedNetwork
{
    /// <summary>Builds a classifier and fills it.</summary>
    /// <param name="options">The recipe's <c>model</c>.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="seed">Decides what the weights leave to chance: the head, or all.</param>
    /// <param name="cache">Where published files are kept. Default: as the environment says.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancel">Stops a download.</param>
    /// <returns>The network, and what the file filled; no report without weights.</returns>
    /// <exception cref="BadInputException">No such network or file, or the file is for another network.</exception>
    public static (Classifier Network, LoadReport? Report) Create(
        ModelOptions options, int classes, Seed seed, WeightCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NetworkCatalog.Find(options.Name);
        var path = Resolve(options, cache, progress, cancel);
        return Filled(NetworkCatalog.Create(options.Name, classes, options, seed), network => path is null ? null : WeightLoader.Load(network, path, options.AllowUnset));
    }

    /// <summary>Builds a segmentation network and fills it: "published" and a classifier's file fill the encoder, a file of the whole network all.</summary>
    /// <param name="options">The recipe's <c>model</c>.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="seed">Decides what the weights leave to chance: the decoder, or all.</param>
    /// <param name="cache">Where published files are kept. Default: as the environment says.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancel">Stops a download.</param>
    /// <returns>The network, and what the file filled; no report with weights "none", and an empty one where nothing is published (the textbook U-Nets).</returns>
    /// <exception cref="BadInputException">No such network or file, the file is for another network, or an option that the network cannot have.</exception>
    public static (SegmentationNetwork Network, LoadReport? Report) CreateSegmentation(
        ModelOptions options, int classes, Seed seed, WeightCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (SegmentationCatalog.Problem(options) is { } problem) throw new BadInputException(problem);   // before a download
        var path = Resolve(options, cache, progress, cancel);
        return Filled(SegmentationCatalog.Create(options, classes, seed), network => path is not null ? WeightLoader.Load(network, path, options.AllowUnset)
            : options.Weights == "published" ? new LoadReport($"nothing is published for {options.Name}", [], [.. network.state_dict().Keys], [])
            : null);
    }

    /// <summary>The file that <c>model.weights</c> means, fetched when it is a published one; null for "none", and for "published" where nothing is.</summary>
    /// <param name="options">The recipe's <c>model</c>, a classifier or a segmentation network.</param>
    /// <param name="cache">Where published files are kept. Default: as the environment says.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancel">Stops a download.</param>
    /// <exception cref="BadInputException">No such network or file, or a published file of another network.</exception>
    public static string? Resolve(ModelOptions options, WeightCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var source = SegmentationCatalog.Contains(options.Name) ? SegmentationCatalog.Find(options.Name).Encoder : options.Name;
        var network = source is null ? null : NetworkCatalog.Find(source);
        if (options.Weights == "none") return null;
        if (options.Weights == "published") return network is null ? null : PublishedWeights.Fetch(network.Published[0], cache, progress, cancel);
        if (File.Exists(options.Weights)) return options.Weights;
        if (PublishedWeights.Find(options.Weights) is not { } found)
        {
            string[] choices = network is null ? ["none"] : ["none", "published", .. network.Published.Select(file => file.Name)];
            throw new BadInputException($"model.weights: there is no file '{options.Weights}'. Write {string.Join(", ", choices)}, or the path of a .safetensors or .pth file.");
        }

        return found.Network == network
            ? PublishedWeights.Fetch(found.File, cache, progress, cancel)
            : throw new BadInputException($"model.weights: {options.Weights} is for {found.Network.Name}, but {WhatIsWanted(options.Name, source)}.");
    }

    private static string WhatIsWanted(string name, string? source) =>
        source == name ? $"model.name is {name}" : source is null ? $"nothing published fits {name}" : $"the encoder of {name} is {source}";

    private static (T Network, LoadReport? Report) Filled<T>(T network, Func<T, LoadReport?> fill) where T : VisionNetwork
    {
        try
        {
            return (network, fill(network));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
