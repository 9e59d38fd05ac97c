using Altar.Tensors;
using Altar.Training;

namespace Altar.Tests.Training;

public class LearningPartsTests
{
    [Theory]
    [InlineData("head", new[] { "head.bias", "head.weight" })]
    [InlineData("second", new[] { "head.bias", "head.weight", "second.bias", "second.weight" })]
    [InlineData("all", new[] { "first.bias", "first.weight", "head.bias", "head.weight", "norm.bias", "norm.weight", "second.bias", "second.weight" })]
    public void A_stage_frees_its_part_and_all_behind_it(string learns, string[] expected)
    {
        using var network = TinyNetwork.Create();

        var learning = LearningParts.Choose(network, new Stage { Learns = learns });

        Assert.Equal(expected, learning.Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        Assert.Equal(expected, network.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Norms_and_biases_rest_from_decay_on_request()
    {
        using var network = TinyNetwork.Create();

        var learning = LearningParts.Choose(network, new Stage { WeightDecay = 0.1, DecaysNorms = false });

        Assert.Equal(["first.weight", "head.weight", "second.weight"], learning.Where(parameter => parameter.Decay == 0.1).Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        Assert.All(learning.Where(parameter => parameter.Decay != 0.1), parameter => Assert.Equal(0, parameter.Decay));
    }

    [Fact]
    public void An_unknown_block_is_named_with_the_known_ones()
    {
        using var network = TinyNetwork.Create();

        var error = Assert.Throws<BadInputException>(() => LearningParts.Choose(network, new Stage { Name = "all", Learns = "layer9" }));

        Assert.Equal("stage 'all': learns: layer9 is no part of tiny; write head, all, or one of first, norm, second.", error.Message);
    }
}
