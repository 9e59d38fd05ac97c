using static TorchSharp.torch;
using BatchNorm = Altar.Networks.BatchNorm;

namespace Altar.Tests.Networks;

public class BatchNormTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_computes_and_remembers_what_TorchSharps_own_does(bool training)
    {
        using var scope = NewDisposeScope();
        using var ours = new BatchNorm(3);
        using var theirs = nn.BatchNorm2d(3);
        ours.train(training);
        theirs.train(training);

        for (var i = 0; i < 3; i++)
        {
            var input = arange(2 * 3 * 2 * 2, ScalarType.Float32).reshape(2, 3, 2, 2).pow(1 + i / 4.0);   // N, C, H, W
            Assert.Equal(Numbers(theirs.call(input)), Numbers(ours.call(input)));
        }

        var (expected, actual) = (theirs.state_dict(), ours.state_dict());
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, entry => Assert.Equal(Numbers(entry.Value), Numbers(actual[entry.Key])));
        Assert.All(expected, entry => Assert.Equal((entry.Value.dtype, entry.Value.requires_grad), (actual[entry.Key].dtype, actual[entry.Key].requires_grad)));
        Assert.All(expected, entry => Assert.Equal(entry.Value.shape, actual[entry.Key].shape));
        Assert.Equal(training ? 3 : 0, actual["num_batches_tracked"].item<long>());
    }

    [Fact]
    public void Gradients_reach_weight_and_bias()
    {
        using var scope = NewDisposeScope();
        using var norm = new BatchNorm(1);

        norm.call(tensor(new[] { -1f, 1f }).reshape(2, 1, 1, 1)).square().sum().backward();   // y = w * x + b: dw = 2 * (1 + 1), db = 0

        Assert.Equal(["weight", "bias"], norm.named_parameters().Select(named => named.name));
        Assert.Equal([4f, 0f], norm.parameters().Select(parameter => parameter.grad!.item<float>()), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void A_pass_leaves_no_tensor_behind()
    {
        using var norm = new BatchNorm(2);
        using var input = ones(1, 2, 2, 2);
        var before = LiveTensors.Count();

        norm.call(input).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Another_number_of_channels_is_told_before_native_code_sees_it()
    {
        using var norm = new BatchNorm(2);
        using var input = ones(1, 3, 2, 2);

        Assert.Equal("input has 3 channels; this batch norm has 2. (Parameter 'input')", Assert.Throws<ArgumentException>(() => norm.call(input)).Message);
    }

    private static double[] Numbers(Tensor tensor)
    {
        using var plain = tensor.detach().to(ScalarType.Float64).contiguous();
        return plain.data<double>().ToArray();
    }
}
