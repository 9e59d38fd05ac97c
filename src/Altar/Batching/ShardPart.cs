using Altar.Datasets.Heads;
using Altar.Datasets.Shards;

namespace Altar.Batching;

/// <summary>One set of shards in a loader.</summary>
/// <param name="Set">The shards; they must outlive the loader.</param>
/// <param name="Targets">Makes the target from a sample's columns: a <see cref="ClassColumn"/>, or <see cref="HeadColumns"/>.</param>
/// <param name="Weight">The set's share of an epoch, relative to the others'; null: every sample once. All sets have a weight, or none.</param>
public sealed record ShardPart(ShardSet Set, IColumnTargets Targets, double? Weight = null);
