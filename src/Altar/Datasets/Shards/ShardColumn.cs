namespace Altar.Datasets.Shards;

/// <summary>A column of the samples.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its distinct texts by ordinal order, empty ones left out; null where they are more than <see cref="MostValues"/>, as of a title or a path.</param>
public sealed record ShardColumn(string Name, IReadOnlyList<string>? Values)
{
    /// <summary>More distinct texts than these are not listed: 20 000.</summary>
    public const int MostValues = 20_000;
}
