namespace Altar.Datasets.Shards;

/// <summary>How shards are read.</summary>
public sealed record ShardReadOptions
{
    /// <summary>Samples among which the next one is drawn, at least 1. They wait as coded pictures: memory is about this number times the mean size of a picture's file. Default 4000.</summary>
    public int Buffer { get; init; } = 4000;

    /// <summary>Number of this process among those that share the set, from 0. Default 0.</summary>
    public int Rank { get; init; }

    /// <summary>Number of processes that share the set, at least 1. Default 1.</summary>
    public int World { get; init; } = 1;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ShardReadOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Buffer, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(World, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Rank, World);
        return this;
    }
}
