using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Weights;

public sealed class SegmentationWeightsTests
{
    private const string Light = "unet+resnet20_cifar";

    [Fact]
    public void A_classifiers_file_fills_the_encoder_and_leaves_the_decoder()
    {
        using var classifier = NetworkCatalog.Create("resnet20_cifar", 10, seed: new Seed(1));
        using var network = Create(Light, seed: 2);
        using var file = FileOf(classifier);
        var report = WeightLoader.Load(network, file);
        Assert.All(report.Filled, name => Assert.StartsWith("encoder.", name, StringComparison.Ordinal));
        Assert.Equal(["linear.weight", "linear.bias"], report.Unused);
        Assert.NotEmpty(report.Left);
        Assert.All(report.Left, name => Assert.False(name.StartsWith("encoder.", StringComparison.Ordinal), name));
        Assert.True(Equal(network, "encoder.layer2.1.conv1.weight", file.Tensors["layer2.1.conv1.weight"]));
    }

    [Fact]
    public void A_trunk_tensor_that_a_classifiers_file_lacks_is_an_error()
    {
        using var classifier = NetworkCatalog.Create("resnet20_cifar", 10);
        using var network = Create(Light);
        using var file = FileOf(classifier, name => name != "layer2.1.bn1.weight");
        Assert.Contains("encoder.layer2.1.bn1.weight is not in it", Assert.Throws<BadInputException>(() => WeightLoader.Load(network, file)).Message);
    }

    [Fact]
    public void A_file_of_the_whole_network_fills_all_and_the_head_may_have_other_classes()
    {
        using var other = Create(Light, seed: 1, classes: 4);
        using var network = Create(Light, seed: 2, classes: 2, classHead: true);
        using var file = FileOf(other);
        var report = WeightLoader.Load(network, file);
        Assert.Equal(["segmentation_head.0.weight", "segmentation_head.0.bias", "class_head.weight", "class_head.bias"], report.Left);
        Assert.True(Equal(network, "decoder.blocks.0.conv1.0.weight", file.Tensors["decoder.blocks.0.conv1.0.weight"]));
    }

    [Fact]
    public void A_part_of_the_decoder_that_a_whole_file_lacks_is_an_error()
    {
        using var network = Create(Light);
        using var file = FileOf(network, name => name != "decoder.blocks.1.conv2.0.weight");
        Assert.Contains("decoder.blocks.1.conv2.0.weight is not in it", Assert.Throws<BadInputException>(() => WeightLoader.Load(network, file)).Message);
    }

    [Fact]
    public void The_weights_of_another_network_are_an_error()
    {
        using var classifier = NetworkCatalog.Create("resnet18", 10);
        using var network = Create(Light);
        using var file = FileOf(classifier);
        Assert.Contains("does not fit unet+resnet20_cifar", Assert.Throws<BadInputException>(() => WeightLoader.Load(network, file)).Message);
    }

    // The second names that the authors' modules give to what the encoder holds already.
    public static TheoryData<string, string, string> Twins => new()
    {
        { "ternausnet11", "conv3s.weight", "encoder.6.weight" },
        { "ternausnet11", "conv3.weight", "encoder.8.weight" },
        { "ternausnet11", "conv1.0.bias", "encoder.0.bias" },
        { "ternausnet11", "conv5.2.weight", "encoder.18.weight" },
        { "ternausnet16", "conv4.4.weight", "encoder.21.weight" },
        { "albunet34", "conv1.0.weight", "encoder.conv1.weight" },
        { "albunet34", "conv1.1.running_mean", "encoder.bn1.running_mean" },
        { "albunet34", "conv2.0.conv1.weight", "encoder.layer1.0.conv1.weight" },
        { "albunet34", "conv5.2.bn2.bias", "encoder.layer4.2.bn2.bias" },
    };

    [Theory, MemberData(nameof(Twins))]
    public void Second_names_of_the_authors_are_known(string name, string second, string first)
    {
        using var network = Create(name);
        Assert.Equal(first, network.Twin(second));
        Assert.Contains(first, network.state_dict().Keys);
        Assert.Null(network.Twin("center.block.0.conv.weight"));
    }

    [Theory, InlineData("ternausnet11"), InlineData("albunet34")]
    public void A_checkpoint_that_holds_the_encoder_twice_loads(string name)
    {
        using var theirs = Create(name, seed: 1);
        using var network = Create(name, seed: 2);
        using var file = Doubled(theirs);
        var report = WeightLoader.Load(network, file);
        Assert.Empty(report.Left);
        Assert.Equal(["encoder.fc.weight"], report.Unused);                            // the authors keep the encoder's unused head
        Assert.All(theirs.state_dict(), entry => Assert.True(Equal(network, entry.Key, entry.Value), entry.Key));
    }

    [Fact]
    public void A_checkpoint_that_has_the_second_names_alone_loads()
    {
        using var theirs = Create("ternausnet11", seed: 1);
        using var network = Create("ternausnet11", seed: 2);
        using var doubled = Doubled(theirs);
        using var file = new TensorSet("second.pth", doubled.Tensors.Where(entry => !entry.Key.StartsWith("encoder.", StringComparison.Ordinal)).ToDictionary(entry => entry.Key, entry => entry.Value.clone()));
        Assert.Empty(WeightLoader.Load(network, file).Left);
        Assert.True(Equal(network, "encoder.18.weight", theirs.state_dict()["encoder.18.weight"]));
    }

    [Fact]
    public void Two_names_of_one_tensor_with_different_numbers_are_an_error_that_names_both()
    {
        using var theirs = Create("ternausnet11", seed: 1);
        using var file = Doubled(theirs);
        using (no_grad()) file.Tensors["conv3.2.weight"].zero_();
        var message = Assert.Throws<BadInputException>(() => WeightLoader.Load(theirs, file)).Message;
        Assert.Contains("encoder.8.weight and conv3.2.weight are one tensor", message);
    }

    [Fact]
    public void Loading_leaves_no_tensor_behind()
    {
        using var grey = SegmentationCatalog.Create(new() { Name = Light, Channels = 1 }, 1);
        using var colour = Create(Light);
        using var file = FileOf(colour);
        WeightLoader.Load(grey, file);
        var before = LiveTensors.Count();
        WeightLoader.Load(grey, file);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory, InlineData("published"), InlineData("none")]
    public void A_textbook_network_starts_from_first_weights_and_the_report_says_so(string weights)
    {
        var (network, report) = PretrainedNetwork.CreateSegmentation(new() { Name = "unet_nizhib", Weights = weights }, 1, new Seed(1));
        using (network)
        {
            if (weights == "none") Assert.Null(report);
            else Assert.StartsWith("nothing is published for unet_nizhib: 0 filled", report!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("unet+resnet50", "resnet34-b627a593.pth", "is for resnet34, but the encoder of unet+resnet50 is resnet50")]
    [InlineData("unet", "resnet34-b627a593.pth", "is for resnet34, but nothing published fits unet")]
    [InlineData("albunet34", "nowhere.pth", "Write none, published, resnet34-b627a593.pth, or the path")]
    public void Weights_that_cannot_be_had_are_an_error_before_anything_is_fetched(string name, string weights, string said) =>
        Assert.Contains(said, Assert.Throws<BadInputException>(() => PretrainedNetwork.Resolve(new() { Name = name, Weights = weights })).Message);

    [Fact]
    public void An_impossible_option_is_told_before_weights_are_looked_for() =>
        Assert.Contains("model.kernel", Assert.Throws<BadInputException>(() => PretrainedNetwork.CreateSegmentation(new() { Name = "albunet34", Kernel = 9, Weights = "nowhere.pth" }, 1, new Seed(1))).Message);

    [Theory, InlineData(PaddingStyle.Torch), InlineData(PaddingStyle.TensorFlow)]
    public void The_ImageNet_weights_of_MobileNetV2_give_the_encoder_the_maps_of_the_classifier(PaddingStyle padding)
    {
        var options = new ModelOptions { Name = "unet+mobilenet_v2", Weights = Path.Combine(TestWeights.FolderOrSkip(), "mobilenet_v2_imagenet.safetensors"), Padding = padding };
        var (network, report) = PretrainedNetwork.CreateSegmentation(options, 1, new Seed(1));
        var (classifier, _) = PretrainedNetwork.Create(options with { Name = "mobilenet_v2" }, 1000, new Seed(1));
        using (network)
        using (classifier)
        {
            Assert.DoesNotContain(report!.Left, name => name.StartsWith("encoder.", StringComparison.Ordinal));
            network.eval();
            classifier.eval();
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            var images = rand(1, 3, 64, 64);
            var encoder = (Classifier)network.named_children().Single(child => child.name == "encoder").module;
            Assert.True(encoder.Embed(images).allclose(classifier.Embed(images), 1e-5, 1e-6));
            Assert.Throws<InvalidOperationException>(() => encoder.call(images));   // the head is no part of the network
        }
    }

    private static SegmentationNetwork Create(string name, ulong seed = 1, int classes = 1, bool classHead = false) =>
        SegmentationCatalog.Create(new() { Name = name, ClassHead = classHead }, classes, new Seed(seed));

    private static bool Equal(SegmentationNetwork network, string name, Tensor expected)
    {
        using var scope = NewDisposeScope();
        return network.state_dict()[name].equal(expected).all().item<bool>();
    }

    private static TensorSet FileOf(nn.Module network, Func<string, bool>? keep = null) =>
        new("file.pth", network.state_dict().Where(entry => keep?.Invoke(entry.Key) ?? true).ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone()));

    // As the authors' state_dict is: convN for what the encoder has, and a head of the encoder that nothing uses.
    private static TensorSet Doubled(SegmentationNetwork network)
    {
        var own = network.state_dict();
        var tensors = own.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        string[] candidates = network is AlbuNet
            ? [.. Enumerable.Range(1, 5).SelectMany(stage => own.Keys.Where(key => key.StartsWith("encoder.layer", StringComparison.Ordinal)).Select(key => $"conv{stage}.{key["encoder.layer1.".Length..]}")), "conv1.0.weight", "conv1.1.weight", "conv1.1.bias"]
            : [.. from stage in Enumerable.Range(1, 5) from place in new[] { 0, 2, 4 } from what in new[] { "weight", "bias" } select $"conv{stage}.{place}.{what}"];
        foreach (var second in candidates.Distinct())
            if (network.Twin(second) is { } first && own.TryGetValue(first, out var tensor)) tensors[second] = tensor.detach().clone();
        tensors["encoder.fc.weight"] = zeros(1000, 512);
        return new("authors.pth", tensors);
    }
}
