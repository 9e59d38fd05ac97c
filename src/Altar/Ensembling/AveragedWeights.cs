using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Ensembling;

/// <summary>The mean of the weights of several checkpoints: one network that costs as much as one (stochastic weight averaging, arXiv:1803.05407).</summary>
/// <remarks>It needs members that lie in one valley, as the snapshots of one run may; of networks trained apart the mean is worthless.</remarks>
public static class AveragedWeights
{
    /// <summary>Averages weights files with the same names and shapes.</summary>
    /// <param name="files">At least one weights file.</param>
    /// <returns>Floating-point tensors are averaged; of whole numbers (how many batches a norm has seen) the last file's stand.</returns>
    /// <exception cref="BadInputException">A file cannot be read, or has other tensors than the first.</exception>
    public static TensorSet Of(IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0) throw new BadInputException("There are no weights to average.");
        var sums = new Dictionary<string, Tensor>();
        try
        {
            foreach (var file in files) Add(sums, file, files[0]);
            foreach (var sum in sums.Values.Where(sum => sum.is_floating_point())) sum.DivideInPlace(files.Count);
            return new TensorSet($"the mean of {files.Count} checkpoints", sums);
        }
        catch
        {
            foreach (var sum in sums.Values) sum.Dispose();
            throw;
        }
    }

    private static void Add(Dictionary<string, Tensor> sums, string file, string first)
    {
        using var scope = NewDisposeScope();
        using var set = WeightsFile.Read(file);
        if (sums.Count > 0) RequireSame(sums, set, first);
        foreach (var (name, tensor) in set.Tensors)
        {
            if (!sums.TryGetValue(name, out var sum)) sums.Add(name, tensor.clone().DetachFromDisposeScope());
            else if (sum.is_floating_point()) sum.AddInPlace(tensor);
            else sum.copy_(tensor);
        }
    }

    private static void RequireSame(Dictionary<string, Tensor> sums, TensorSet set, string first)
    {
        var lacking = sums.Keys.Concat(set.Tensors.Keys).FirstOrDefault(name => sums.ContainsKey(name) != set.Tensors.ContainsKey(name));
        if (lacking is not null) throw Differ(lacking, "is only in one of them");
        var other = sums.FirstOrDefault(entry => !entry.Value.shape.SequenceEqual(set.Tensors[entry.Key].shape)).Key;
        if (other is not null) throw Differ(other, $"is [{string.Join(", ", sums[other].shape)}] in one and [{string.Join(", ", set.Tensors[other].shape)}] in the other");

        BadInputException Differ(string name, string how) =>
            new($"{first} and {set.Source} are weights of different networks: '{name}' {how}. Average checkpoints of one network; different ones can be an ensemble.");
    }
}
