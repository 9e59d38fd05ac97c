namespace Altar.Datasets.Shards;

/// <summary>One sample in the order in which an epoch reads.</summary>
/// <param name="Step">Its place in that order, from 0.</param>
/// <param name="Set">Which of several sets it is of.</param>
/// <param name="Shard">Its shard within the set.</param>
/// <param name="Position">Its place within the shard.</param>
/// <param name="Round">How often the set was gone through before: it tells apart two visits of one sample.</param>
/// <param name="Number">Its running number over all sets.</param>
internal readonly record struct ShardStep(int Step, int Set, int Shard, int Position, long Round, int Number);
