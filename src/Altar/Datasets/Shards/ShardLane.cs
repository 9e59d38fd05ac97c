using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>The way through one set: its shards in shuffled rounds that run on from epoch to epoch, of which a rank goes a part of its own.</summary>
/// <remarks>
/// Samples of the rounds are numbered through. An epoch of n samples is the numbers from epoch * n on, and rank r of w goes from r * n / w to
/// (r + 1) * n / w of them: whole shards but for the first and last, none twice.
/// </remarks>
internal sealed class ShardLane
{
    private readonly int _set, _firstNumber, _perEpoch;
    private readonly int[] _counts, _firstOf;
    private readonly long _size;
    private readonly Seed? _seed;

    /// <param name="set">Number of the set.</param>
    /// <param name="firstNumber">Running number of its first sample.</param>
    /// <param name="counts">Samples of each shard.</param>
    /// <param name="perEpoch">Samples that an epoch visits, over all ranks.</param>
    /// <param name="seed">Decides the order of the shards; null keeps theirs, and every epoch is the same.</param>
    public ShardLane(int set, int firstNumber, IEnumerable<int> counts, int perEpoch, Seed? seed)
    {
        (_set, _firstNumber, _counts, _perEpoch, _seed) = (set, firstNumber, [.. counts], perEpoch, seed);
        _firstOf = new int[_counts.Length];
        for (var shard = 1; shard < _counts.Length; shard++) _firstOf[shard] = _firstOf[shard - 1] + _counts[shard - 1];
        _size = _counts.Sum(count => (long)count);
    }

    /// <summary>Samples of a rank. Shuffled, all ranks have the same number, and up to w - 1 samples are left out of an epoch; in order none is.</summary>
    public int Count(int rank, int world) => _seed is null ? (int)(End(rank, world) - Start(rank, world)) : _perEpoch / world;

    /// <summary>The samples of a rank in an epoch, in the order of reading; their steps count within this lane.</summary>
    public IEnumerable<ShardStep> Steps(int epoch, int rank, int world)
    {
        var place = ((_seed is null ? 0L : epoch) * _perEpoch) + Start(rank, world);
        var left = Count(rank, world);
        var step = 0;
        while (left > 0)
        {
            var (round, skipped) = Math.DivRem(place, _size);
            foreach (var shard in Order(round))
            {
                var from = (int)Math.Min(skipped, _counts[shard]);
                skipped -= from;
                for (var position = from; position < _counts[shard] && left > 0; position++, left--, place++)
                    yield return new ShardStep(step++, _set, shard, position, round, _firstNumber + _firstOf[shard] + position);
            }
        }
    }

    private long Start(int rank, int world) => (long)_perEpoch * rank / world;

    private long End(int rank, int world) => Start(rank + 1, world);

    private int[] Order(long round)
    {
        int[] order = [.. Enumerable.Range(0, _counts.Length)];
        _seed?.For("shards").For(round).ToRandom().Shuffle(order);
        return order;
    }
}
