using Altar.Batching;
using Altar.Ensembling;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Tests.Training;
using static TorchSharp.torch;

namespace Altar.Tests.Ensembling;

public sealed class AveragedWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-average-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Weights_are_averaged_and_counters_are_the_last_ones()
    {
        using var scope = NewDisposeScope();
        var files = new[] { Write("one", [1, 2], batches: 5), Write("two", [3, 6], batches: 9) };

        using var mean = AveragedWeights.Of(files);

        Assert.Equal([2f, 4], mean.Tensors["weight"].data<float>().ToArray());
        Assert.Equal(9, mean.Tensors["batches"].item<long>());
    }

    [Fact]
    public void Weights_of_different_networks_have_no_mean()
    {
        using var scope = NewDisposeScope();
        var one = Write("one", [1, 2], batches: 1);

        var shape = Assert.Throws<BadInputException>(() => AveragedWeights.Of([one, Write("long", [1, 2, 3], batches: 1)]));
        Assert.Contains("'weight' is [2] in one and [3] in the other", shape.Message, StringComparison.Ordinal);

        var path = Path.Combine(_folder, "other.safetensors");
        Safetensors.Write(path, new Dictionary<string, Tensor> { ["bias"] = zeros(2) });
        Assert.Contains(" is only in one of them", Assert.Throws<BadInputException>(() => AveragedWeights.Of([one, path])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refreshed_norms_are_those_of_the_pictures_whatever_they_were_before()
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetwork.Create();
        var before = network.state_dict()["second.weight"].clone();
        network.state_dict()["norm.running_mean"].fill_(100);

        using var batches = new BatchLoader(new StripedPictures(12), new BatchOptions { Batch = 6, Threads = 1 }, new Seed(1));
        NormRefresh.Run(network, batches);

        var expected = MeanOfFirstLayer(network, batches);
        Assert.Equal(expected, network.state_dict()["norm.running_mean"].data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.True(before.equal(network.state_dict()["second.weight"]).all().item<bool>());
        Assert.False(network.training);
    }

    private static float[] MeanOfFirstLayer(TinyNetwork network, BatchLoader batches)
    {
        using var noGradients = no_grad();
        var sums = new List<Tensor>();
        foreach (var batch in batches.Epoch(0))
        {
            using (batch) sums.Add(network.FirstLayer(batch.Images).mean([0, 2, 3]));   // [8]
        }

        return stack(sums).mean([0]).data<float>().ToArray();
    }

    private string Write(string name, float[] weight, long batches)
    {
        var path = Path.Combine(_folder, name + ".safetensors");
        Safetensors.Write(path, new Dictionary<string, Tensor> { ["weight"] = tensor(weight), ["batches"] = tensor(batches) });
        return path;
    }
}
