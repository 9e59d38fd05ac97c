using Altar.Networks;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks;

public sealed class NetworkCatalogTests
{
    // One of each kind of block, without the heavy ones.
    public static TheoryData<string> OneOfEachKind => ["resnet18", "resnext50_32x4d", "mobilenet_v2", "resnet20_cifar"];

    /// <summary>resnet34: 36 convolutions, 36 norms of 5 tensors, weight and bias; resnext101: 104, 104 and 2.</summary>
    [Theory, InlineData("resnet34", 36 + 36 * 5 + 2), InlineData("resnext101_32x4d", 104 + 104 * 5 + 2)]
    public void The_state_has_as_many_tensors_as_in_PyTorch(string name, int count)
    {
        using var network = NetworkCatalog.Create(name, 1000);
        Assert.Equal(count, network.state_dict().Count);
    }

    [Theory, MemberData(nameof(OneOfEachKind))]
    public void Blocks_and_head_cover_every_parameter_in_order(string name)
    {
        using var network = NetworkCatalog.Create(name, 7);
        var prefixes = network.Blocks.Append(network.HeadPrefix).ToList();
        var places = network.named_parameters().Select(parameter => prefixes.FindIndex(prefix => parameter.name.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(prefixes.Count, places.Distinct().Count());
    }

    [Fact]
    public void Blocks_of_vgg_are_its_convolutions_and_norms_and_the_hidden_layers()
    {
        using var network = NetworkCatalog.Create("vgg11_bn", 2);
        Assert.Equal(["features.0.", "features.1.", "features.4.", "features.5."], network.Blocks.Take(4));
        Assert.Equal(["classifier.0.", "classifier.3."], network.Blocks.TakeLast(2));
        Assert.Equal("classifier.6.", network.HeadPrefix);
    }

    [Theory, MemberData(nameof(OneOfEachKind))]
    public void The_same_seed_gives_the_same_first_weights_and_another_seed_others(string name)
    {
        using var first = NetworkCatalog.Create(name, 3, seed: new Seed(1));
        using var again = NetworkCatalog.Create(name, 3, seed: new Seed(1));
        using var other = NetworkCatalog.Create(name, 3, seed: new Seed(2));
        using var scope = NewDisposeScope();
        foreach (var (key, value) in first.state_dict()) Assert.True(value.equal(again.state_dict()[key]).all().item<bool>(), key);
        Assert.DoesNotContain(first.named_parameters().Where(p => p.parameter.dim() > 1), p => p.parameter.equal(other.state_dict()[p.name]).all().item<bool>());
    }

    [Theory, MemberData(nameof(OneOfEachKind))]
    public void A_forward_and_backward_pass_leaves_no_tensor_behind(string name)
    {
        using var network = NetworkCatalog.Create(name, 3);
        Step();
        var before = LiveTensors.Count();
        Step();
        Assert.Equal(before, Tensor.TotalCount);

        void Step()
        {
            using var images = ones(2, 3, 32, 32);
            using var logits = network.call(images);
            using var loss = logits.sum();
            loss.backward();
            network.eval();
            using (no_grad()) network.call(images).Dispose();
            network.train();
        }
    }

    [Theory, MemberData(nameof(OneOfEachKind)), InlineData("vgg11_bn")]
    public void The_pyramid_halves_from_map_to_map_and_its_last_map_is_what_is_pooled(string name)
    {
        using var network = NetworkCatalog.Create(name, 3);
        network.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var images = rand(1, 3, 64, 96);
        var trunk = (IFeaturePyramid)network;
        var maps = trunk.Pyramid(images);
        Assert.Equal(trunk.PyramidChannels.Select(channels => (long)channels), maps.Select(map => map.shape[1]));
        Assert.All(maps.Zip(maps.Skip(1)), pair => Assert.Equal(pair.First.shape[2] / 2, pair.Second.shape[2]));
        if (name != "vgg11_bn") Assert.True(maps[^1].mean([2, 3]).allclose(network.Embed(images), 1e-4, 1e-5));
    }

    [Fact]
    public void Dropout_works_before_the_head_in_training_alone()
    {
        using var network = NetworkCatalog.Create("resnet20_cifar", 3, new ModelOptions { Dropout = 0.9 });
        using var scope = NewDisposeScope();
        var embedding = ones(1, 64);
        Assert.False(network.Score(embedding).allclose(network.Score(embedding)));
        network.eval();
        Assert.True(network.Score(embedding).allclose(network.Score(embedding)));
    }

    [Fact]
    public void A_block_can_be_in_evaluation_while_the_rest_trains()
    {
        using var network = NetworkCatalog.Create("resnet20_cifar", 3);
        network.train();
        network.named_children().Single(child => child.name == "layer1").module.eval();
        using var images = rand(4, 3, 32, 32);
        network.call(images).Dispose();
        var steps = network.state_dict().Where(entry => entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToDictionary(entry => entry.Key, entry => entry.Value.item<long>());
        Assert.Equal(0, steps["layer1.0.bn1.num_batches_tracked"]);
        Assert.Equal(1, steps["layer2.0.bn1.num_batches_tracked"]);
    }

    [Theory, InlineData("resnet35", "resnet34"), InlineData("mobilenetv2", "mobilenet_v2"), InlineData("ResNet50", "resnet50")]
    public void An_unknown_name_is_an_error_that_names_the_nearest(string name, string nearest) =>
        Assert.Contains($"did you mean {nearest}?", Assert.Throws<BadInputException>(() => NetworkCatalog.Create(name, 10)).Message);

    [Fact]
    public void Padding_that_a_network_does_not_have_is_an_error() =>
        Assert.Contains("model.padding", Assert.Throws<BadInputException>(() => NetworkCatalog.Create("resnet18", 10, new ModelOptions { Padding = PaddingStyle.TensorFlow })).Message);

    [Theory, InlineData(-0.1), InlineData(1.0), InlineData(double.NaN)]
    public void Dropout_outside_its_range_is_an_error(double dropout) =>
        Assert.Contains("model.dropout", Assert.Throws<BadInputException>(() => NetworkCatalog.Create("resnet18", 10, new ModelOptions { Dropout = dropout })).Message);

    [Fact]
    public void No_classes_are_an_error() => Assert.Throws<BadInputException>(() => NetworkCatalog.Create("resnet18", 0));

    /// <summary>torch.hub's rule: the file's name ends in the first digits of its SHA-256.</summary>
    [Fact]
    public void Every_network_has_published_weights_with_a_hash_of_eight_digits() =>
        Assert.All(NetworkCatalog.Entries, entry => Assert.All(entry.Published.Append(entry.Published[0]), file => Assert.Matches("^[0-9a-f]{8}$", file.Sha256)));
}
