using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Segmentation;

/// <summary>What goes through the networks.</summary>
public sealed class SegmentationPassTests
{
    // Every network that is not a combination, and each kind of trunk with either decoder.
    public static TheoryData<string> EveryKind =>
    [
        "unet", "unet_paper", "unet_nizhib", "unet_lopuhin", "ternausnet11", "ternausnet16", "albunet34", "linknet34",
        "unet+resnet18", "unet+resnext50_32x4d", "unet+vgg11_bn", "unet+mobilenet_v2", "unet+resnet20_cifar",
        "fpn+resnet18", "fpn+resnet50", "fpn+vgg11", "fpn+mobilenet_v2", "fpn+resnet20_cifar",
    ];

    public static TheoryData<string> EveryEncoder => [.. NetworkCatalog.Names.Select(name => $"unet+{name}")];

    [Theory, MemberData(nameof(EveryKind))]
    public void The_output_is_as_large_as_the_input_whatever_its_size(string name)
    {
        using var network = Small(name, classes: 2);
        network.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Assert.All(new (long Height, long Width)[] { (64, 64), (128, 64), (1, 1), (33, 47), (2, 70) }, size =>
            Assert.Equal([1, 2, size.Height, size.Width], network.call(rand(1, 3, size.Height, size.Width)).shape));
    }

    [Theory, InlineData("unet_nizhib"), InlineData("linknet34"), InlineData("unet+mobilenet_v2")]
    public void Large_and_long_pictures_keep_their_size(string name)
    {
        using var network = Small(name);
        network.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Assert.All(new (long Height, long Width)[] { (128, 128), (192, 320), (390, 390) }, size =>
            Assert.Equal([1, 1, size.Height, size.Width], network.call(rand(1, 3, size.Height, size.Width)).shape));
    }

    [Theory, MemberData(nameof(EveryKind))]
    public void A_forward_and_backward_pass_reaches_every_weight_and_leaves_no_tensor_behind(string name)
    {
        using var network = Small(name, classHead: true);
        Step();
        var before = LiveTensors.Count();
        Step();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.DoesNotContain(network.named_parameters(), named => named.parameter.grad is null);

        void Step()
        {
            using var images = ones(2, 3, 40, 64);
            var (pixels, classes) = network.ForwardWithClasses(images);
            using (pixels)
            using (classes)
            {
                Assert.Equal([2, 1], classes.shape);
                using var pixelLoss = pixels.sum();
                using var classLoss = classes.sum();
                using var loss = pixelLoss.mul(classLoss);
                loss.backward();
            }

            network.eval();
            using (no_grad()) network.call(images).Dispose();
            network.train();
        }
    }

    [Theory, MemberData(nameof(EveryEncoder))]
    public void Every_encoder_learns(string name)
    {
        using var network = Small(name);
        using var scope = NewDisposeScope();
        var pixels = network.call(rand(1, 3, 32, 32));
        Assert.Equal([1, 1, 32, 32], pixels.shape);
        pixels.sum().backward();
        Assert.NotNull(network.named_parameters().First().parameter.grad);
    }

    [Theory, InlineData(1), InlineData(6)]
    public void Any_number_of_channels_goes_in_and_another_is_an_error_that_names_the_key(int channels)
    {
        using var network = SegmentationCatalog.Create(new() { Name = "fpn+resnet20_cifar", Channels = channels }, 1);
        using var scope = NewDisposeScope();
        Assert.Equal([1, 1, 8, 8], network.call(rand(1, channels, 8, 8)).shape);
        Assert.Contains("model.channels", Assert.Throws<ArgumentException>(() => network.call(rand(1, 3, 8, 8))).Message);
    }

    [Fact]
    public void A_padded_picture_gives_what_the_padded_one_cropped_gives()
    {
        using var network = Small("unet_nizhib");
        network.eval();
        using var scope = NewDisposeScope();
        var images = rand(1, 3, 20, 16);
        var byHand = nn.functional.pad(images, [0, 0, 6, 6], TorchSharp.PaddingModes.Reflect);   // 20 to 32: 6 above, 6 below
        Assert.True(network.call(images).allclose(network.call(byHand).narrow(2, 6, 20), 1e-5, 1e-6));
    }

    // How training lays out weights and pictures.
    [Theory, InlineData("unet_nizhib"), InlineData("unet+mobilenet_v2"), InlineData("fpn+resnet18"), InlineData("linknet34")]
    public void The_memory_order_does_not_change_the_output(string name)
    {
        using var network = Small(name, classes: 2);
        network.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var images = rand(2, 3, 40, 64);
        var expected = network.call(images);
        ChannelsLast.Convert(network);
        var difference = (network.call(ChannelsLast.Of(images)) - expected).abs().max().item<float>();
        Assert.True(difference < 1e-3 * expected.std().item<float>(), $"{difference}");
    }

    [Fact]
    public void Without_a_class_head_its_scores_are_an_error_and_no_tensor_is_too_much()
    {
        using var network = Small("fpn+resnet20_cifar");
        using var images = zeros(1, 3, 8, 8);
        Assert.False(network.HasClassHead);
        Assert.Contains("class_head", Assert.Throws<InvalidOperationException>(() => network.ForwardWithClasses(images)).Message);
        Assert.DoesNotContain(network.state_dict().Keys, key => key.StartsWith(SegmentationNetwork.ClassHeadPrefix, StringComparison.Ordinal));
    }

    [Fact]
    public void The_class_head_does_not_change_the_pixels()
    {
        using var network = Small("unet+resnet20_cifar", classes: 3, classHead: true);
        network.eval();
        using var scope = NewDisposeScope();
        var images = rand(2, 3, 9, 7);
        var (pixels, classes) = network.ForwardWithClasses(images);
        Assert.Equal([2, 3], classes.shape);
        Assert.True(pixels.equal(network.call(images)).all().item<bool>());
        Assert.Equal(["class_head.weight", "class_head.bias"], network.named_parameters().Select(named => named.name).TakeLast(2));
    }

    [Fact]
    public void Dropout_takes_whole_channels_before_the_head_in_training_alone()
    {
        using var network = SegmentationCatalog.Create(new() { Name = "unet_paper", Filters = 4, Dropout = 0.5 }, 1);
        using var scope = NewDisposeScope();
        var images = rand(1, 3, 16, 16);
        Assert.False(network.call(images).allclose(network.call(images)));   // no batch norm that could differ
        network.eval();
        Assert.True(network.call(images).allclose(network.call(images)));
    }

    [Fact]
    public void Padding_as_in_TensorFlow_reaches_the_encoder()
    {
        using var torchs = Create(PaddingStyle.Torch);
        using var tensorFlows = Create(PaddingStyle.TensorFlow);
        torchs.eval();
        tensorFlows.eval();
        using var scope = NewDisposeScope();
        var images = rand(1, 3, 32, 32);
        Assert.False(torchs.call(images).allclose(tensorFlows.call(images)));

        static SegmentationNetwork Create(PaddingStyle padding) => SegmentationCatalog.Create(new() { Name = "unet+mobilenet_v2", Padding = padding }, 1, new Seed(1));
    }

    // Textbook networks with few filters: their shapes are the same, and the passes take no time.
    private static SegmentationNetwork Small(string name, int classes = 1, bool classHead = false) =>
        SegmentationCatalog.Create(new() { Name = name, ClassHead = classHead, Filters = SegmentationCatalog.Find(name).Filters is null ? null : 4 }, classes, new Seed(1));
}
