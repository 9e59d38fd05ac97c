namespace Altar.Datasets.Shards;

/// <summary>How far writing is.</summary>
/// <param name="Samples">Rows that were written or set aside, those of an earlier start included.</param>
/// <param name="Of">All rows.</param>
/// <param name="Bytes">Bytes of the finished shards.</param>
public readonly record struct ShardProgress(int Samples, int Of, long Bytes);
