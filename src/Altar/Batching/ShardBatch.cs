using Altar.Datasets.Shards;

namespace Altar.Batching;

/// <summary>A batch of streamed samples: where each comes in the order of reading, and how far reading must be.</summary>
internal sealed record ShardBatch(int Epoch, int Index, IReadOnlyList<int> Samples, IReadOnlyList<ShardStep> Steps, int ReadThrough)
    : PlannedBatch(Epoch, Index, Samples);
