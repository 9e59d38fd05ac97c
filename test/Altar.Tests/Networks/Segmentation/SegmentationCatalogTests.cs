using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Segmentation;

public sealed class SegmentationCatalogTests
{
    public static TheoryData<string> Names => [.. SegmentationCatalog.Names];

    /// <summary>Counts worked out from the tables of layers, and 32 weights and a bias for each further class.</summary>
    [Theory]
    [InlineData("ternausnet11", 1, 22_927_393)]
    [InlineData("ternausnet11_kernel4", 1, 25_364_513)]
    [InlineData("ternausnet11_kernel4", 4, 25_364_612)]
    [InlineData("ternausnet11_kernel4", 8, 25_364_744)]
    [InlineData("ternausnet16_bilinear", 1, 29_306_465)]
    [InlineData("ternausnet16_deconv", 1, 32_202_337)]
    [InlineData("albunet34_bilinear", 1, 34_604_897)]
    [InlineData("albunet34_deconv", 1, 37_615_457)]
    [InlineData("linknet34_kernel3", 1, 21_642_401)]
    [InlineData("linknet34", 1, 21_794_721)]
    public void Every_variant_has_the_parameters_of_its_authors(string name, int classes, long parameters)
    {
        using var network = SegmentationCatalog.Create(name, classes);
        Assert.Equal(parameters, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_output_is_as_large_as_the_input_and_no_tensor_is_left(string name)
    {
        using var network = SegmentationCatalog.Create(name, 3);
        network.eval();
        var before = LiveTensors.Count();
        using (no_grad())
        {
            Assert.Equal([1, 3, 64, 64], Shape(64, 64));
            Assert.Equal([1, 3, 64, 128], Shape(64, 128));
        }

        Assert.Equal(before, Tensor.TotalCount);

        long[] Shape(long height, long width)
        {
            using var images = zeros(1, 3, height, width);
            using var logits = network.call(images);
            return logits.shape;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_encoder_takes_every_trunk_tensor_of_its_classifier(string name)
    {
        using var network = SegmentationCatalog.Create(name, 1);
        using var classifier = NetworkCatalog.Create(network.EncoderNetwork, 1);
        var own = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        var trunk = classifier.state_dict().Where(entry => !entry.Key.StartsWith("fc.", StringComparison.Ordinal) && !entry.Key.StartsWith("classifier.", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(trunk);
        Assert.All(trunk, entry => Assert.Equal(entry.Value.shape, own[network.EncoderTensor(entry.Key)!]));
        Assert.All(classifier.state_dict().Keys.Except(trunk.Select(entry => entry.Key)), key => Assert.Null(network.EncoderTensor(key)));
    }

    [Theory, InlineData("ternausnet11", 48, 32), InlineData("albunet34_bilinear", 96, 64), InlineData("linknet34", 40, 32)]
    public void A_size_that_does_not_divide_is_an_error_that_says_by_what(string name, long height, int stride)
    {
        using var network = SegmentationCatalog.Create(name, 1);
        using var images = zeros(1, 3, height, 64);
        Assert.Contains($"multiples of {stride}", Assert.Throws<ArgumentException>(() => network.call(images)).Message);
    }

    [Fact]
    public void An_unknown_name_is_an_error_that_lists_the_known() => Assert.Contains("linknet34", Assert.Throws<BadInputException>(() => SegmentationCatalog.Create("unet", 1)).Message);
}
