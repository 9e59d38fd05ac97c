using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Weights;

public sealed class FirstConvolutionTests
{
    // One filter of one pixel: red 1, green 2, blue 6; their mean is 3.
    [Theory]
    [InlineData(1, new[] { 9f })]                                     // the sum: a grey picture is red, green and blue at once
    [InlineData(2, new[] { 4.5f, 4.5f })]
    [InlineData(4, new[] { 0.75f, 1.5f, 4.5f, 2.25f })]               // colours and infrared
    [InlineData(6, new[] { 0.5f, 1f, 3f, 0.5f, 1f, 3f })]             // two photos
    public void The_filters_are_spread_over_the_channels(int channels, float[] expected)
    {
        using var scope = NewDisposeScope();
        var widened = FirstConvolution.Widen(tensor(new[] { 1f, 2f, 6f }).reshape(1, 3, 1, 1), channels);
        Assert.Equal([1, channels, 1, 1], widened.shape);
        Assert.Equal(expected, widened.data<float>().ToArray());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(6)]
    public void A_picture_of_equal_channels_is_seen_as_the_colour_network_saw_it(int channels)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var colour = SegmentationCatalog.Create(new() { Name = "unet+resnet20_cifar" }, 1, new Seed(1));
        using var other = SegmentationCatalog.Create(new() { Name = "unet+resnet20_cifar", Channels = channels }, 1, new Seed(2));
        var report = WeightLoader.Load(other, FileOf(colour));
        colour.eval();
        other.eval();
        var grey = rand(1, 1, 16, 16);
        var (seen, expected) = (other.call(grey.expand(1, channels, 16, 16)), colour.call(grey.expand(1, 3, 16, 16)));
        Assert.True((seen - expected).abs().max().item<float>() < 1e-4 * expected.std().item<float>() + 1e-4);
        Assert.Equal($"encoder.conv1.weight widened from 3 to {channels} channels", report.Widened);
        Assert.EndsWith($"; encoder.conv1.weight widened from 3 to {channels} channels", report.ToString());
    }

    [Theory]
    [InlineData("ternausnet11", "encoder.0.weight"), InlineData("albunet34", "encoder.conv1.weight"), InlineData("linknet34", "firstconv.weight")]
    [InlineData("fpn+vgg11", "encoder.features.0.weight"), InlineData("unet+mobilenet_v2", "encoder.features.0.0.weight"), InlineData("unet", "inc.double_conv.0.weight")]
    public void The_first_convolution_of_every_kind_is_found(string name, string expected)
    {
        using var network = SegmentationCatalog.Create(new() { Name = name, Channels = 5 }, 1);
        Assert.Equal(expected, FirstConvolution.NameIn(network));
        Assert.Equal(5, network.state_dict()[expected].shape[1]);
    }

    [Fact]
    public void A_classifier_is_widened_too()
    {
        using var scope = NewDisposeScope();
        using var colour = NetworkCatalog.Create("resnet20_cifar", 2, seed: new Seed(1));
        using var grey = NetworkCatalog.Create("resnet20_cifar", 2, new ModelOptions { Channels = 1 }, new Seed(2));
        Assert.Equal("conv1.weight widened from 3 to 1 channels", WeightLoader.Load(grey, FileOf(colour)).Widened);
        Assert.True(grey.state_dict()["conv1.weight"].allclose(colour.state_dict()["conv1.weight"].sum(1, keepdim: true), 1e-5, 1e-6));
    }

    [Fact]
    public void Nothing_is_narrowed_and_nothing_is_guessed_from_other_channels()
    {
        using var scope = NewDisposeScope();
        using var six = NetworkCatalog.Create("resnet20_cifar", 2, new ModelOptions { Channels = 6 });
        using var grey = NetworkCatalog.Create("resnet20_cifar", 2, new ModelOptions { Channels = 1 });
        Assert.Contains("conv1.weight is [16, 6, 3, 3] there and [16, 1, 3, 3] here", Assert.Throws<BadInputException>(() => WeightLoader.Load(grey, FileOf(six))).Message);
    }

    private static TensorSet FileOf(nn.Module network) => new("file.pth", network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone()));
}
