using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>How samples are written into shards.</summary>
public sealed record ShardOptions
{
    /// <summary>Largest length of a shard in bytes; one sample that is larger has a shard for itself. At least 10 000. Default 500 million.</summary>
    public long Bytes { get; init; } = 500_000_000;

    /// <summary>
    /// Whether the samples are shuffled before they are written. Default true: a list that goes class by class would else fill whole shards with one
    /// class, and a shuffling buffer cannot mend that when they are read.
    /// </summary>
    public bool Shuffles { get; init; } = true;

    /// <summary>Decides the order. Default 1.</summary>
    public Seed Seed { get; init; } = new(1);

    /// <summary>Threads that read and check pictures. 0 (default): one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="BadInputException">A shard would be too small.</exception>
    public ShardOptions Validated() => Bytes >= 10_000 ? this : throw new BadInputException($"A shard of {Bytes} bytes holds no sample. Ask for at least 10000; 500MB is usual.");
}
