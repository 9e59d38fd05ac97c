using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Optimizers;
using Altar.Training.Tricks;

namespace Altar.Training;

/// <summary>Which weights of a network learn in a stage.</summary>
public static class LearningParts
{
    /// <summary>Freezes the rest of the network, and lists what learns with its weight decay and its share of the rate.</summary>
    /// <param name="network">Its weights' <c>requires_grad</c> is set.</param>
    /// <param name="stage">Says what learns and how it decays.</param>
    /// <param name="stepsPerEpoch">Tells blocks that join later when that is. Default 0: all join at once.</param>
    /// <exception cref="BadInputException">The stage names a block that the network lacks.</exception>
    public static IReadOnlyList<LearningParameter> Choose(VisionNetwork network, Stage stage, int stepsPerEpoch = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stage);
        var frozen = FrozenPrefixes(network, stage);
        var factors = BlockRates.Of(network.Blocks, stage, network.GetName());

        var learning = new List<LearningParameter>();
        foreach (var (name, weight) in network.named_parameters())
        {
            weight.requires_grad = !frozen.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            if (!weight.requires_grad) weight.grad = null;
            else learning.Add(Learning(network, stage, name, weight, factors, stepsPerEpoch));
        }

        return learning;
    }

    /// <summary>Whether only the head learns.</summary>
    /// <param name="stage">The stage.</param>
    public static bool IsHeadOnly(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return stage.Learns == "head";
    }

    private static LearningParameter Learning(
        VisionNetwork network, Stage stage, string name, TorchSharp.Modules.Parameter weight, IReadOnlyList<double> factors, int stepsPerEpoch)
    {
        var block = BlockRates.BlockOf(network.Blocks, name);
        return new LearningParameter(name, weight, Decay(weight.dim(), stage))
        {
            RateFactor = factors[block],
            JoinsAfter = stepsPerEpoch * GradualUnfreezing.JoiningEpoch(network.Blocks.Count, block, stage.Unfreeze),
            IsHead = block == network.Blocks.Count,
        };
    }

    private static IEnumerable<string> FrozenPrefixes(VisionNetwork network, Stage stage)
    {
        if (stage.Learns == "all") return [];
        if (IsHeadOnly(stage)) return network.Blocks;

        var blocks = network.Blocks.ToList();
        var first = blocks.FindIndex(block => block.TrimEnd('.') == stage.Learns);
        return first >= 0
            ? blocks.Take(first)
            : throw new BadInputException(
                $"stage '{stage.Name}': learns: {stage.Learns} is no part of {network.GetName()}; write head, all, or one of {string.Join(", ", blocks.Select(block => block.TrimEnd('.')))}.");
    }

    // Norms and biases have one dimension.
    private static double Decay(long dimensions, Stage stage) => dimensions > 1 || stage.DecaysNorms ? stage.WeightDecay : 0;
}
