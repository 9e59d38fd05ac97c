using Altar.Tensors;

namespace Altar.Networks.Weights;

/// <summary>A network with the weights that a recipe names.</summary>
public static class PretrainedNetwork
{
    /// <summary>Builds the network and fills it.</summary>
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
        var path = Resolve(options, cache, progress, cancel);
        var network = NetworkCatalog.Create(options.Name, classes, options, seed);
        try
        {
            return (network, path is null ? null : WeightLoader.Load(network, path, options.AllowUnset));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The file that <c>model.weights</c> means, fetched when it is a published one; null for "none".</summary>
    /// <param name="options">The recipe's <c>model</c>.</param>
    /// <param name="cache">Where published files are kept. Default: as the environment says.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancel">Stops a download.</param>
    /// <exception cref="BadInputException">No such network or file, or a published file of another network.</exception>
    public static string? Resolve(ModelOptions options, WeightCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var network = NetworkCatalog.Find(options.Name);
        if (options.Weights == "none") return null;
        if (options.Weights == "published") return PublishedWeights.Fetch(network.Published[0], cache, progress, cancel);
        if (File.Exists(options.Weights)) return options.Weights;
        if (PublishedWeights.Find(options.Weights) is not { } found)
        {
            throw new BadInputException($"model.weights: there is no file '{options.Weights}'. Write none, published, {string.Join(", ", network.Published.Select(file => file.Name))}, or the path of a .safetensors or .pth file.");
        }

        return found.Network == network
            ? PublishedWeights.Fetch(found.File, cache, progress, cancel)
            : throw new BadInputException($"model.weights: {options.Weights} is for {found.Network.Name}, but model.name is {network.Name}.");
    }
}
