using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>From the names of a file to those of a segmentation network.</summary>
internal static class SegmentationNames
{
    /// <summary>Every tensor of a file under the network's name for it: its own, the first of two that the authors gave it, or where a classifier's tensor belongs.</summary>
    /// <param name="network">What is to be filled.</param>
    /// <param name="tensors">The file; names that the network does not know stay.</param>
    /// <exception cref="BadInputException">Two names of one tensor hold different numbers.</exception>
    public static Dictionary<string, Tensor> Translate(SegmentationNetwork network, TensorSet tensors)
    {
        var own = network.state_dict().Keys.ToHashSet();
        Dictionary<string, Tensor> translated = [];
        Dictionary<string, string> origins = [];
        foreach (var (key, tensor) in tensors.Tensors)
        {
            var name = Translate(network, own, key);
            if (translated.TryGetValue(name, out var twin) && !AreEqual(twin, tensor))
                throw new BadInputException($"{tensors.Source}: {origins[name]} and {key} are one tensor in {network.GetName()}, but differ in the file; it was not saved by its authors' module. Save it again.");
            if (twin is not null) continue;
            translated[name] = tensor;
            origins[name] = key;
        }

        return translated;
    }

    /// <summary>What a classifier's file cannot fill: all but the encoder; nothing for a file that has a part of the decoder.</summary>
    /// <param name="network">What is to be filled.</param>
    /// <param name="translated">By the network's names.</param>
    public static IEnumerable<string> Decoder(SegmentationNetwork network, Dictionary<string, Tensor> translated)
    {
        List<string> decoder = [.. network.state_dict().Keys.Where(key => !network.Blocks.Any(block => key.StartsWith(block, StringComparison.Ordinal)))];
        return network.EncoderNetwork is null || decoder.Any(translated.ContainsKey) ? [] : decoder;
    }

    private static string Translate(SegmentationNetwork network, HashSet<string> own, string key)
    {
        if (own.Contains(key)) return key;
        var known = new[] { network.Twin(key), network.EncoderTensor(key) }.FirstOrDefault(name => name is not null && own.Contains(name));
        return known ?? key;
    }

    private static bool AreEqual(Tensor one, Tensor other)
    {
        if (!one.shape.SequenceEqual(other.shape) || one.dtype != other.dtype) return false;
        using var scope = NewDisposeScope();
        return one.equal(other).all().item<bool>();
    }
}
