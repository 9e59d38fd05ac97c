using Altar.Tensors;
using Altar.Training;
using Altar.Training.Tricks;

namespace Altar.Tests.Training.Tricks;

public class BlockRatesTests
{
    private static readonly string[] Blocks = ["stem.", "middle.", "last."];

    [Fact]
    public void The_decay_falls_from_the_head_towards_the_input()
    {
        Assert.Equal([0.125, 0.25, 0.5, 1], BlockRates.Of(Blocks, new Stage { RateDecay = 0.5 }, "net"));
    }

    [Fact]
    public void Named_blocks_have_their_factor_on_top()
    {
        var stage = new Stage { RateDecay = 0.5, Rates = new Dictionary<string, double> { ["middle"] = 0.1, ["head"] = 3 } };

        Assert.Equal([0.125, 0.025, 0.5, 3], BlockRates.Of(Blocks, stage, "net"));
    }

    [Fact]
    public void An_unknown_block_is_named_with_the_known_ones()
    {
        var stage = new Stage { Name = "all", Rates = new Dictionary<string, double> { ["layer9"] = 0.1 } };

        var error = Assert.Throws<BadInputException>(() => BlockRates.Of(Blocks, stage, "net"));

        Assert.Equal("stage 'all': rates: layer9 is no part of net; write stem, middle, last, head.", error.Message);
    }

    [Fact]
    public void A_block_moves_by_its_share_of_the_rate()
    {
        var stage = new Stage { Epochs = 1, Batch = 40, Rate = 0.1, Momentum = 0, WeightDecay = 0, Norm = NormPolicy.Frozen };
        var plain = Moves(stage);
        var tenth = Moves(stage with { Rates = new Dictionary<string, double> { ["second"] = 0.1 } });

        Assert.Equal(plain["head.weight"], tenth["head.weight"]);
        Assert.Equal(plain["second.weight"].Select(move => move / 10), tenth["second.weight"], (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Theory]
    [InlineData(1, new[] { 4, 3, 2, 1, 0 })]
    [InlineData(2, new[] { 2, 2, 1, 1, 0 })]
    [InlineData(9, new[] { 1, 1, 1, 1, 0 })]
    [InlineData(0, new[] { 0, 0, 0, 0, 0 })]
    public void Blocks_join_from_the_head_down(int perEpoch, int[] epochs)
    {
        Assert.Equal(epochs, Enumerable.Range(0, 5).Select(block => GradualUnfreezing.JoiningEpoch(4, block, perEpoch)));
    }

    [Fact]
    public void What_has_not_joined_does_not_move()
    {
        var stage = new Stage { Batch = 40, Unfreeze = 1, Norm = NormPolicy.Frozen };
        var head = Moves(stage with { Epochs = 1 });
        var second = Moves(stage with { Epochs = 2 });

        Assert.Equal(["head.bias", "head.weight"], Moved(head));
        Assert.Equal(["head.bias", "head.weight", "second.bias", "second.weight"], Moved(second));
    }

    private static IEnumerable<string> Moved(Dictionary<string, float[]> moves) => moves.Where(move => move.Value.Any(number => number != 0)).Select(move => move.Key).Order(StringComparer.Ordinal);

    private static Dictionary<string, float[]> Moves(Stage stage)
    {
        using var run = new TrickRun(stage);
        var before = run.Network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.data<float>().ToArray());
        run.Train();
        return run.Network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.data<float>().ToArray().Zip(before[entry.name], (after, start) => after - start).ToArray());
    }
}
