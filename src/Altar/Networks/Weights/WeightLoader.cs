using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>Puts the tensors of a file into a network: all that is expected, or nothing.</summary>
public static class WeightLoader
{
    private const string Counter = "num_batches_tracked";

    /// <summary>Fills a classifier. Its head may differ (other classes); anything else left unset is an error unless allowed.</summary>
    /// <param name="network">Unchanged when there is an error.</param>
    /// <param name="path">A .safetensors or PyTorch file.</param>
    /// <param name="allowUnset">Names or prefixes that may stay unset besides the head: the recipe's <c>model.allow_unset</c>. Default none.</param>
    /// <exception cref="BadInputException">The file cannot be read, or is for another network.</exception>
    public static LoadReport Load(Classifier network, string path, IReadOnlyList<string>? allowUnset = null)
    {
        using var tensors = WeightsFile.Read(path);
        return Load(network, tensors, allowUnset);
    }

    /// <summary>Fills a classifier from tensors that are there already.</summary>
    /// <param name="network">Unchanged when there is an error.</param>
    /// <param name="tensors">Stays the caller's.</param>
    /// <param name="allowUnset">Names or prefixes that may stay unset besides the head. Default none.</param>
    /// <exception cref="BadInputException">They are for another network.</exception>
    public static LoadReport Load(Classifier network, TensorSet tensors, IReadOnlyList<string>? allowUnset = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tensors);
        using var scope = NewDisposeScope();
        var fitted = tensors.Tensors.ToDictionary();
        var widened = FirstConvolution.Fit(network, fitted);
        return Fill(network, new(tensors.Source, fitted), [.. allowUnset ?? [], network.HeadPrefix], network.GetName()) with { Widened = widened };
    }

    /// <summary>Fills a segmentation network from a file of the whole (its own or its authors'), or from a classifier's file, which fills the encoder.</summary>
    /// <param name="network">Unchanged when there is an error.</param>
    /// <param name="path">A .safetensors or PyTorch file.</param>
    /// <param name="allowUnset">Names or prefixes that may stay unset besides heads and, with a classifier's file, the decoder. Default none.</param>
    /// <exception cref="BadInputException">The file cannot be read, is for another network, or holds a tensor twice and differently.</exception>
    public static LoadReport Load(SegmentationNetwork network, string path, IReadOnlyList<string>? allowUnset = null)
    {
        using var tensors = WeightsFile.Read(path);
        return Load(network, tensors, allowUnset);
    }

    /// <summary>Fills a segmentation network from tensors that are there already.</summary>
    /// <param name="network">Unchanged when there is an error.</param>
    /// <param name="tensors">Stays the caller's.</param>
    /// <param name="allowUnset">Names or prefixes that may stay unset besides heads and, with a classifier's file, the decoder. Default none.</param>
    /// <exception cref="BadInputException">They are for another network, or one is there twice and differently.</exception>
    public static LoadReport Load(SegmentationNetwork network, TensorSet tensors, IReadOnlyList<string>? allowUnset = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tensors);
        using var scope = NewDisposeScope();
        var translated = SegmentationNames.Translate(network, tensors);
        var widened = FirstConvolution.Fit(network, translated);
        string[] mayLack = [.. allowUnset ?? [], network.HeadPrefix, SegmentationNetwork.ClassHeadPrefix, .. SegmentationNames.Decoder(network, translated)];
        return Fill(network, new(tensors.Source, translated), mayLack, network.GetName()) with { Widened = widened };
    }

    /// <summary>Fills any module; nothing may stay unset but what is named.</summary>
    /// <param name="module">Unchanged when there is an error.</param>
    /// <param name="tensors">Stays the caller's.</param>
    /// <param name="allowUnset">Names or prefixes that may stay unset.</param>
    /// <param name="name">Name of the network, for messages.</param>
    /// <exception cref="BadInputException">They are for another network.</exception>
    public static LoadReport Load(nn.Module module, TensorSet tensors, IReadOnlyList<string> allowUnset, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(allowUnset);
        return Fill(module, tensors, allowUnset, name);
    }

    private static LoadReport Fill(nn.Module module, TensorSet tensors, IReadOnlyList<string> allowUnset, string name)
    {
        var own = module.state_dict();
        // Files older than PyTorch 0.4.1 lack the counters, and nothing that Altar computes needs them.
        var wanted = own.Where(entry => !entry.Key.EndsWith(Counter, StringComparison.Ordinal) || tensors.Tensors.ContainsKey(entry.Key)).ToList();
        var filled = wanted.Where(entry => tensors.Tensors.TryGetValue(entry.Key, out var tensor) && tensor.shape.SequenceEqual(entry.Value.shape)).ToList();
        var used = filled.Select(entry => entry.Key).ToHashSet();   // by name: a tensor with NaN in it does not equal itself
        List<string> left = [.. wanted.Select(entry => entry.Key).Where(key => !used.Contains(key))];
        List<string> surprises = [.. left.Where(key => !allowUnset.Any(allowed => key.StartsWith(allowed, StringComparison.Ordinal)))];
        if (surprises.Count > 0) throw new BadInputException(DoesNotFit(own, tensors, surprises, wanted.Count, name));
        using (no_grad())
        {
            foreach (var (key, tensor) in filled) tensor.copy_(tensors.Tensors[key]);   // returns the tensor itself
        }

        return new(tensors.Source, [.. used], left, [.. tensors.Tensors.Keys.Where(key => !used.Contains(key))]);
    }

    private static string DoesNotFit(Dictionary<string, Tensor> own, TensorSet tensors, List<string> surprises, int wanted, string name)
    {
        var first = surprises[0];
        var what = tensors.Tensors.TryGetValue(first, out var theirs)
            ? $"{first} is [{string.Join(", ", theirs.shape)}] there and [{string.Join(", ", own[first].shape)}] here"
            : $"{first} is not in it";
        var unknown = tensors.Tensors.Keys.FirstOrDefault(key => !own.ContainsKey(key));
        var probable = ProbableNetwork(tensors) is { } other && other != name ? $" It looks like weights for {other}: set model.name={other}." : "";
        return $"{tensors.Source}: does not fit {name}: {surprises.Count} of {wanted} tensors would stay unset, first: {what}"
            + $"{(unknown is null ? "" : $"; the file's first unknown name is {unknown}")}.{probable} If that is meant, name them in model.allow_unset.";
    }

    /// <summary>The network of the catalogue with as many parameters, whatever its number of classes; null where none has.</summary>
    internal static string? ProbableNetwork(TensorSet tensors)
    {
        var learned = tensors.Tensors.Where(entry => entry.Key.EndsWith(".weight", StringComparison.Ordinal) || entry.Key.EndsWith(".bias", StringComparison.Ordinal)).ToList();
        var head = learned.LastOrDefault(entry => entry.Value.dim() == 2).Value;
        if (head is null) return null;
        var (classes, width) = (head.shape[0], head.shape[1]);
        var trunk = learned.Sum(entry => entry.Value.numel()) - classes * (width + 1);
        return NetworkCatalog.Entries.FirstOrDefault(entry => entry.Parameters - entry.Classes * (width + 1) == trunk)?.Name;
    }
}
