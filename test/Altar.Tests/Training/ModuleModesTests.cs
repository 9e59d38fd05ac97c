using Altar.Training;

namespace Altar.Tests.Training;

public class ModuleModesTests
{
    [Theory]
    [InlineData(NormPolicy.Batch, true)]
    [InlineData(NormPolicy.Frozen, false)]
    public void The_policy_decides_whether_the_statistics_move(NormPolicy policy, bool moves)
    {
        using var network = TinyNetwork.Create();
        using var images = TorchSharp.torch.ones(4, 3, 8, 8);
        var before = network.state_dict()["norm.running_mean"].data<float>().ToArray();

        ModuleModes.Train(network, new Stage { Norm = policy, Learns = "head" });
        network.call(images).Dispose();

        Assert.Equal(moves, !before.SequenceEqual(network.state_dict()["norm.running_mean"].data<float>().ToArray()));
        Assert.True(network.training);
    }
}
