using Altar.Batching;
using Altar.Tensors;

namespace Altar.Training.Tricks;

/// <summary>Epochs in which a sample comes the more often the larger its last loss (the idea of arXiv:1511.06343, with the loss itself in the place of its rank).</summary>
public static class LossOrder
{
    /// <summary>The order of a stage, from what its history knew when each epoch began.</summary>
    /// <param name="history">The last losses.</param>
    /// <param name="even">Share of the draws that is even over all samples, in (0, 1].</param>
    /// <param name="seed">Decides the draws.</param>
    public static EpochOrder Of(SampleHistory history, double even, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(history);
        return epoch => Draw(history.LossesAtEpochStart, even, seed.For("order").For(epoch).ToRandom());
    }

    /// <summary>As many samples as there are, each with probability even / N + (1 - even) * loss / sum of losses. While no loss is known, each once.</summary>
    /// <remarks>
    /// Drawn at evenly spaced places of the cumulated probabilities (systematic sampling): a sample comes as often as its probability says, up to a rest below one.
    /// The gradient is then that of another, harder set on purpose: no weight takes it back.
    /// </remarks>
    /// <param name="losses">The last loss of each sample; one that is not known or not finite counts as the mean of the others.</param>
    /// <param name="even">In (0, 1].</param>
    /// <param name="random">Chance of the epoch.</param>
    public static IReadOnlyList<int> Draw(IReadOnlyList<float> losses, double even, Random random)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(random);
        var known = losses.Where(float.IsFinite).Select(loss => (double)loss).ToList();
        var order = known.Sum() > 0 ? Drawn([.. losses.Select(loss => float.IsFinite(loss) ? Math.Max(0, loss) : known.Average())], even, random.NextDouble()) : [.. Enumerable.Range(0, losses.Count)];
        random.Shuffle(order);
        return order;
    }

    private static int[] Drawn(double[] losses, double even, double offset)
    {
        var (order, total, sample) = (new int[losses.Length], losses.Sum(), 0);
        var reached = Expected(0);
        for (var draw = 0; draw < order.Length; draw++)
        {
            while (reached <= draw + offset && sample < losses.Length - 1) reached += Expected(++sample);
            order[draw] = sample;
        }

        return order;

        double Expected(int index) => even + ((1 - even) * losses.Length * losses[index] / total);   // times it comes in an epoch
    }
}
