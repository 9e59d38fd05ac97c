using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Learning from the hard samples of a batch.</summary>
public static class HardSamples
{
    /// <summary>Mean of the worst losses: online hard example mining (arXiv:1604.03540).</summary>
    /// <param name="each">Loss of each sample, float [N].</param>
    /// <param name="share">Share of the samples that count, in (0, 1]; at least one does.</param>
    /// <returns>[].</returns>
    public static Tensor Mean(Tensor each, double share)
    {
        ArgumentNullException.ThrowIfNull(each);
        using var scope = NewDisposeScope();
        var (worst, _) = each.topk(CountOf((int)each.shape[0], share));   // [M]
        return worst.mean().MoveToOuterDisposeScope();
    }

    /// <summary>Draws samples to learn from, the harder the likelier: the choice of selective backprop (arXiv:1910.00762).</summary>
    /// <remarks>
    /// The paper takes a sample with probability P(loss)^beta, P the share of recent losses below its own, which on average takes
    /// 1 / (beta + 1) of them. Here P is taken within the batch and the number is exact, so that every step costs the same.
    /// </remarks>
    /// <param name="losses">One for each sample; NaN counts as the hardest.</param>
    /// <param name="share">Share to take, in (0, 1]. At least two samples are taken where there are two: a batch norm has no variance of one.</param>
    /// <param name="random">Chance of this batch.</param>
    /// <returns>Numbers of the chosen samples, ascending.</returns>
    public static long[] Choose(IReadOnlyList<float> losses, double share, Random random)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(random);
        var beta = (1 / share) - 1;
        var ascending = Enumerable.Range(0, losses.Count).OrderBy(sample => float.IsNaN(losses[sample]) ? float.PositiveInfinity : losses[sample]).ToList();

        // Weighted choice without return: the largest keys u^(1 / weight) (Efraimidis and Spirakis 2006), here as their logarithms.
        return [.. ascending
            .Select((sample, rank) => (sample, Key: Math.Log(1 - random.NextDouble()) / Math.Pow((rank + 1.0) / losses.Count, beta)))
            .OrderByDescending(pair => pair.Key)
            .Take(Math.Max(Math.Min(2, losses.Count), CountOf(losses.Count, share)))
            .Select(pair => (long)pair.sample)
            .Order()];
    }

    private static int CountOf(int count, double share) => Math.Clamp((int)Math.Ceiling((count * share) - 1e-9), 1, count);
}
