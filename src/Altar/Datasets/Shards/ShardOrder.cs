using Altar.Datasets.Heads;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>The order in which an epoch reads and the order in which it delivers, known from the indices alone.</summary>
/// <remarks>
/// Several sets are read side by side in proportion. What was read waits in a buffer; when it is full, one sample is drawn and the next takes its
/// place (the shuffling buffer of WebDataset). Since only numbers are moved, any place of an epoch is found without reading.
/// </remarks>
internal sealed class ShardOrder
{
    private readonly ShardLane[] _lanes;
    private readonly int[] _counts;
    private readonly int _buffer, _rank, _world;
    private readonly Seed _seed;
    private readonly bool _shuffles;

    /// <param name="sets">Samples of each shard, for each set.</param>
    /// <param name="weights">The sets' shares of an epoch; null for every sample once.</param>
    /// <param name="options">Buffer, rank, world.</param>
    /// <param name="shuffles">Whether there is any chance in it.</param>
    /// <param name="seed">Decides the orders.</param>
    public ShardOrder(IReadOnlyList<IReadOnlyList<int>> sets, IReadOnlyList<double>? weights, ShardReadOptions options, bool shuffles, Seed seed)
    {
        options = options.Validated();
        (_buffer, _rank, _world, _seed, _shuffles) = (options.Buffer, options.Rank, options.World, seed, shuffles);
        var sizes = sets.Select(set => set.Sum()).ToArray();
        var shares = SetShares.Of(sizes, weights);
        _lanes = new ShardLane[sets.Count];
        for (int set = 0, first = 0; set < sets.Count; first += sizes[set++])
            _lanes[set] = new ShardLane(set, first, sets[set], shares[set], shuffles ? seed.For("set").For(set) : null);
        _counts = [.. _lanes.Select(lane => lane.Count(_rank, _world))];
        Count = Visited = _counts.Sum();
    }

    /// <summary>Samples of this rank's part of an epoch.</summary>
    public int Count { get; }

    /// <summary>How many of them are read: fewer where the last batch is dropped, so that none waits in vain.</summary>
    public int Visited { get; set; }

    /// <summary>The order of reading.</summary>
    public IEnumerable<ShardStep> Reading(int epoch)
    {
        var lanes = _lanes.Select(lane => lane.Steps(epoch, _rank, _world).GetEnumerator()).ToArray();
        var taken = new int[lanes.Length];
        for (var step = 0; step < Visited; step++)
        {
            var next = NextLane(step, taken);
            taken[next]++;
            lanes[next].MoveNext();
            yield return lanes[next].Current with { Step = step };
        }

        foreach (var lane in lanes) lane.Dispose();
    }

    /// <summary>The order of delivery from the start of an epoch.</summary>
    public ShardShuffle Delivery(int epoch) => new(Reading(epoch), _shuffles ? _buffer : 1, _seed.For("buffer").For(epoch).ToRandom());

    /// <summary>The order of reading where the first <paramref name="delivered"/> samples are not needed any more.</summary>
    public IEnumerable<ShardStep> Reading(int epoch, int delivered)
    {
        if (delivered == 0) return Reading(epoch);
        var delivery = Delivery(epoch);
        for (var i = 0; i < delivered; i++) delivery.MoveNext();
        var held = delivery.Held.ToHashSet();
        return Reading(epoch).Where(step => step.Step >= delivery.Read || held.Contains(step.Step));
    }

    // The set that is furthest behind its share; without shuffling one set after the other.
    private int NextLane(int step, int[] taken)
    {
        var best = -1;
        var most = double.NegativeInfinity;
        for (var lane = 0; lane < taken.Length; lane++)
        {
            if (taken[lane] == _counts[lane]) continue;
            if (!_shuffles) return lane;
            var behind = ((double)_counts[lane] * (step + 1) / Count) - taken[lane];
            if (behind > most) (most, best) = (behind, lane);
        }

        return best;
    }
}
