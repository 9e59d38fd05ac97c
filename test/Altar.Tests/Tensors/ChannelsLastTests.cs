using Altar.Tensors;
using Altar.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tests.Tensors;

public sealed class ChannelsLastTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void The_numbers_stay_and_the_order_changes()
    {
        var plain = arange(24, ScalarType.Float32).reshape(1, 2, 3, 4);   // N, C, H, W

        var ordered = ChannelsLast.Of(plain);

        Assert.False(ChannelsLast.Holds(plain));
        Assert.True(ChannelsLast.Holds(ordered));
        Assert.Equal([24, 1, 8, 2], ordered.stride());
        Assert.True(ordered.eq(plain).all().item<bool>());
    }

    [Fact]
    public void Axes_of_length_one_have_no_order() => Assert.True(ChannelsLast.Holds(zeros(5, 4, 1, 1)));   // a kernel of 1 x 1

    [Fact]
    public void A_converted_network_says_the_same_keeps_its_parameters_and_learns()
    {
        Seed(1).ApplyToTorch();
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3, padding: 1), nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3, groups: 4), nn.Conv2d(4, 2, 1));
        var images = randn(2, 3, 6, 6);
        var before = network.call(images);
        var weight = network.named_parameters().First(named => named.name == "0.weight").parameter;

        ChannelsLast.Convert(network);
        var after = network.call(ChannelsLast.Of(images));
        after.sum().backward();

        Assert.All(network.parameters().Where(parameter => parameter.dim() == 4), parameter => Assert.True(ChannelsLast.Holds(parameter)));
        Assert.True(ChannelsLast.Holds(after));
        Assert.True(after.allclose(before, 1e-5, 1e-5));
        Assert.True(weight.requires_grad && weight.is_leaf);
        Assert.Equal([4, 3, 3, 3], weight.grad!.shape);
    }

    [Fact]
    public void Converting_leaves_no_tensor_behind()
    {
        using var network = nn.Conv2d(3, 4, 3);
        var before = LiveTensors.Count();

        ChannelsLast.Convert(network);

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static Seed Seed(ulong value) => new(value);
}
