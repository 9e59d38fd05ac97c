using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Weights;

public sealed class WeightLoaderTests : IDisposable
{
    private readonly Classifier _network = NetworkCatalog.Create("resnet20_cifar", 10, seed: new Seed(1));

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Every_tensor_of_the_same_network_is_filled()
    {
        using var other = NetworkCatalog.Create("resnet20_cifar", 10, seed: new Seed(2));
        using var file = FileOf(other);
        var report = WeightLoader.Load(_network, file);
        Assert.Equal(other.state_dict().Count, report.Filled.Count);
        Assert.Empty(report.Left);
        Assert.Empty(report.Unused);
        Assert.Equal(Sum(other), Sum(_network));
    }

    [Fact]
    public void The_head_keeps_its_first_values_where_the_file_has_other_classes()
    {
        using var other = NetworkCatalog.Create("resnet20_cifar", 7);
        using var file = FileOf(other);
        var report = WeightLoader.Load(_network, file);
        Assert.Equal(["linear.weight", "linear.bias"], report.Left);
        Assert.Equal(["linear.weight", "linear.bias"], report.Unused);
        Assert.EndsWith("2 left (linear.weight, linear.bias), 2 unused (linear.weight, linear.bias)", report.ToString());
    }

    [Fact]
    public void A_trunk_tensor_that_is_missing_is_an_error_and_nothing_is_filled()
    {
        var before = Sum(_network);
        using var other = NetworkCatalog.Create("resnet20_cifar", 10, seed: new Seed(2));
        using var file = FileOf(other, name => name != "layer2.1.bn1.weight");
        var error = Assert.Throws<BadInputException>(() => WeightLoader.Load(_network, file));
        Assert.Contains("layer2.1.bn1.weight is not in it", error.Message);
        Assert.Contains("model.allow_unset", error.Message);
        Assert.Equal(before, Sum(_network));
    }

    [Theory, InlineData("layer2.1.bn1.weight"), InlineData("layer2.")]
    public void What_allow_unset_names_may_be_missing(string allowed)
    {
        using var file = FileOf(_network, name => name != "layer2.1.bn1.weight");
        Assert.Equal(["layer2.1.bn1.weight"], WeightLoader.Load(_network, file, [allowed]).Left);
    }

    [Fact]
    public void Files_without_the_counters_of_batches_load()
    {
        using var file = FileOf(_network, name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        Assert.Empty(WeightLoader.Load(_network, file).Left);
    }

    [Fact]
    public void Weights_of_another_network_are_an_error_that_names_a_tensor_and_the_probable_network()
    {
        using var deeper = NetworkCatalog.Create("resnet56_cifar", 4);
        using var file = FileOf(_network);
        var error = Assert.Throws<BadInputException>(() => WeightLoader.Load(deeper, file));
        Assert.Contains("does not fit resnet56_cifar", error.Message);
        Assert.Contains("layer1.3.conv1.weight is not in it", error.Message);
        Assert.Contains("model.name=resnet20_cifar", error.Message);
    }

    [Fact]
    public void A_shape_that_differs_is_said_with_both_shapes()
    {
        using var other = NetworkCatalog.Create("resnet18", 10);
        using var file = FileOf(_network);
        Assert.Contains("conv1.weight is [16, 3, 3, 3] there and [64, 3, 7, 7] here", Assert.Throws<BadInputException>(() => WeightLoader.Load(other, file)).Message);
    }

    [Fact]
    public void Half_precision_weights_fill_a_network_in_single_precision()
    {
        using var file = new TensorSet("half", _network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.is_floating_point() ? entry.Value.detach().half() : entry.Value.clone()));
        WeightLoader.Load(_network, file);
        Assert.All(_network.parameters(), parameter => Assert.Equal(float32, parameter.dtype));
    }

    [Fact]
    public void Loading_leaves_no_tensor_behind()
    {
        using var file = FileOf(_network);
        WeightLoader.Load(_network, file);
        var before = LiveTensors.Count();
        WeightLoader.Load(_network, file);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static TensorSet FileOf(Classifier network, Func<string, bool>? keep = null) =>
        new("file.pth", network.state_dict().Where(entry => keep?.Invoke(entry.Key) ?? true).ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone()));

    private static double Sum(Classifier network)
    {
        using var scope = NewDisposeScope();
        return network.parameters().Sum(parameter => parameter.detach().sum().item<float>());
    }
}
