using Altar.Datasets.Heads;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Which samples of several sets an epoch visits, where each set has a share: a function of seed and epoch alone.</summary>
/// <remarks>
/// An epoch has as many samples as all sets together. Each set gives its share of them, and goes through its own samples in shuffled
/// rounds that run on from epoch to epoch: none comes again before all others of its set have come.
/// </remarks>
public sealed class SetMixture
{
    private readonly IReadOnlyList<SetPart> _sets;
    private readonly Seed _seed;

    /// <summary>A mixture of sets.</summary>
    /// <param name="sets">The sets. Without weights each gives its samples once.</param>
    /// <param name="seed">Decides the order.</param>
    public SetMixture(IReadOnlyList<SetPart> sets, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentOutOfRangeException.ThrowIfZero(sets.Count, nameof(sets));
        (_sets, _seed) = (sets, seed);
        Samples = SetShares.Of([.. sets.Select(set => set.Count)], sets.Any(set => set.Weight is null) ? null : [.. sets.Select(set => set.Weight!.Value)]);
    }

    /// <summary>How many samples of each set an epoch visits.</summary>
    public IReadOnlyList<int> Samples { get; }

    /// <summary>The samples of an epoch, mixed: an <see cref="EpochOrder"/>.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public IReadOnlyList<int> Order(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, _sets.Count).SelectMany(set => Drawn(set, epoch))];
        _seed.For("mixture").For(epoch).ToRandom().Shuffle(order);
        return order;
    }

    private IEnumerable<int> Drawn(int set, int epoch)
    {
        var (first, count) = (_sets[set].First, _sets[set].Count);
        var (place, end) = ((long)epoch * Samples[set], (epoch + 1L) * Samples[set]);
        while (place < end)
        {
            var (round, skipped) = Math.DivRem(place, count);
            int[] order = [.. Enumerable.Range(first, count)];
            _seed.For("set").For(set).For(round).ToRandom().Shuffle(order);
            foreach (var sample in order.Skip((int)skipped).Take((int)Math.Min(end - place, count))) yield return sample;
            place += Math.Min(end - place, count - skipped);
        }
    }
}
