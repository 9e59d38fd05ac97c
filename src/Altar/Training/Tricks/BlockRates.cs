using Altar.Tensors;

namespace Altar.Training.Tricks;

/// <summary>Discriminative rates (arXiv:1801.06146): blocks near the input know what is general, and move less.</summary>
public static class BlockRates
{
    /// <summary>The name by which <see cref="Stage.Rates"/> means all that is behind the trunk.</summary>
    public const string Head = "head";

    /// <summary>What the stage's rate is multiplied by.</summary>
    /// <param name="blocks">Prefixes of the trunk's blocks from the input on.</param>
    /// <param name="stage">Its factors.</param>
    /// <param name="network">The network's name, for the message.</param>
    /// <returns>One for each block, and the head's at the end.</returns>
    /// <exception cref="BadInputException">The stage names a block that is not there.</exception>
    public static IReadOnlyList<double> Of(IReadOnlyList<string> blocks, Stage stage, string network)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(stage);
        List<string> names = [.. blocks.Select(block => block.TrimEnd('.')), Head];
        var factors = Enumerable.Range(0, names.Count).Select(block => Math.Pow(stage.RateDecay, blocks.Count - block)).ToArray();
        foreach (var (name, factor) in stage.Rates ?? new Dictionary<string, double>())
        {
            var block = names.IndexOf(name);
            if (block < 0) throw new BadInputException($"stage '{stage.Name}': rates: {name} is no part of {network}; write {string.Join(", ", names)}.");
            factors[block] *= factor;
        }

        return factors;
    }

    /// <summary>Which block a weight belongs to.</summary>
    /// <param name="blocks">Prefixes of the trunk's blocks.</param>
    /// <param name="weight">The weight's name.</param>
    /// <returns>Its index; the number of blocks for the head.</returns>
    public static int BlockOf(IReadOnlyList<string> blocks, string weight)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        for (var block = 0; block < blocks.Count; block++)
        {
            if (weight.StartsWith(blocks[block], StringComparison.Ordinal)) return block;
        }

        return blocks.Count;
    }
}
