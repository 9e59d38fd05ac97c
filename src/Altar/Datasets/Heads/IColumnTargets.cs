namespace Altar.Datasets.Heads;

/// <summary>Makes a sample's target from its columns, as a manifest or a shard has them. Safe to use from many threads.</summary>
public interface IColumnTargets
{
    /// <summary>Shape of the target: empty for a class.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Writes the target.</summary>
    /// <param name="column">The text of a column; null where the sample has no such column.</param>
    /// <param name="where">Where the sample stands, for messages.</param>
    /// <param name="target">As many numbers as <see cref="Shape"/> says; one for a class.</param>
    void Write(Func<string, string?> column, string where, Span<long> target);
}
