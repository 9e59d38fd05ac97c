using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Networks.Parity;

/// <summary>Compares the networks with what other implementations say of them.</summary>
public static class ParityCheck
{
    /// <summary>Differences from here on are too large, relative to the standard deviation of the output.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>Checks every JSON file of a folder.</summary>
    /// <param name="folder">Holds NAME.json files; others are not looked at.</param>
    /// <param name="progress">Told each network when it is done.</param>
    /// <param name="cancel">Stops between two networks.</param>
    /// <exception cref="BadInputException">No such folder, no file in it, or a file that cannot be read.</exception>
    public static ParityReport Run(string folder, IProgress<NetworkParity>? progress = null, CancellationToken cancel = default)
    {
        if (!Directory.Exists(folder)) throw new BadInputException($"{folder}: no such folder; give the folder with the parity files (NAME.json).");
        var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new BadInputException($"{folder}: no parity file (NAME.json) in it.");
        List<NetworkParity> networks = [];
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            networks.Add(Compare(ParityFile.Read(file)));
            progress?.Report(networks[^1]);
        }

        return new(networks);
    }

    /// <summary>Checks one network.</summary>
    /// <param name="expected">What the other implementation says.</param>
    public static NetworkParity Compare(ParityFile expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        nn.Module<Tensor, Tensor> network;
        try
        {
            network = Build(ParityName.Options(expected), (int)expected.OutputShape[1]);
        }
        catch (BadInputException error)
        {
            return new(expected.Name, false, null, error.Message);
        }

        using (network) return Compare(expected, network);
    }

    /// <summary>Checks a network that was built elsewhere; its weights are overwritten.</summary>
    /// <param name="expected">What the other implementation says.</param>
    /// <param name="network">Float [N, C, H, W] in.</param>
    public static NetworkParity Compare(ParityFile expected, nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        if (StructureDifference(expected, network) is { } reason) return new(expected.Name, false, null, reason);
        ParityFormula.Fill(network);
        network.eval();
        var output = network.call(ParityFormula.Input(expected.InputShape));
        if (!output.shape.SequenceEqual(expected.OutputShape)) return new(expected.Name, false, null, $"the output is [{string.Join(", ", output.shape)}] instead of [{string.Join(", ", expected.OutputShape)}]");
        return Compare(expected, output.contiguous().data<float>().ToArray());
    }

    private static VisionNetwork Build(ModelOptions options, int classes) =>
        SegmentationCatalog.Contains(options.Name) ? SegmentationCatalog.Create(options, classes)
        : NetworkCatalog.Names.Contains(options.Name) ? NetworkCatalog.Create(options.Name, classes, options)
        : throw new BadInputException($"there is no network '{options.Name}'; the nearest is {NearestName.Of(options.Name, [.. NetworkCatalog.Names, .. SegmentationCatalog.Names])}");

    private static NetworkParity Compare(ParityFile expected, float[] output)
    {
        if ((long)(expected.Samples.Length - 1) * expected.SampleStride >= output.Length) return new(expected.Name, false, null, "the file has more samples than the output has elements");
        // Max would pass over NaN.
        var worst = expected.Samples.Select((sample, i) => (double)Math.Abs(sample - output[i * expected.SampleStride])).Aggregate(Math.Max) / expected.Std;
        return double.IsFinite(worst)
            ? new(expected.Name, worst < Tolerance, worst, worst < Tolerance ? null : $"the output differs by {worst:G3} standard deviations")
            : new(expected.Name, false, null, "the output is not a number");
    }

    private static string? StructureDifference(ParityFile expected, nn.Module network)
    {
        var own = network.state_dict().Where(entry => !ParityFormula.IsCounter(entry.Key)).ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        var theirs = expected.Tensors.Where(entry => !ParityFormula.IsCounter(entry.Key)).ToList();
        if (theirs.FirstOrDefault(entry => !own.ContainsKey(entry.Key)).Key is { } missing) return $"the tensor {missing} is missing";
        if (own.Keys.Except(theirs.Select(entry => entry.Key)).FirstOrDefault() is { } extra) return $"the tensor {extra} is too much";
        if (theirs.FirstOrDefault(entry => !own[entry.Key].SequenceEqual(entry.Value)) is { Key: { } wrong } entry) return $"{wrong} is [{string.Join(", ", own[wrong])}] instead of [{string.Join(", ", entry.Value)}]";
        var count = network.parameters().Sum(parameter => parameter.numel());
        return count == expected.Parameters ? null : $"there are {count:N0} parameters instead of {expected.Parameters:N0}";
    }
}
