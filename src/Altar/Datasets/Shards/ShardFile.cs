namespace Altar.Datasets.Shards;

/// <summary>One shard, as the index lists it.</summary>
/// <param name="Name">Its file name, relative to the index.</param>
/// <param name="Samples">How many samples it holds.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its checksum in hex; null in an index that was made without one.</param>
public sealed record ShardFile(string Name, int Samples, long Bytes, string? Sha256);
