namespace Altar.Batching;

/// <summary>The samples of one batch before anything is read.</summary>
/// <param name="Epoch">The epoch it belongs to.</param>
/// <param name="Index">Its place in the epoch, from 0.</param>
/// <param name="Samples">Numbers of its samples, in order.</param>
public record PlannedBatch(int Epoch, int Index, IReadOnlyList<int> Samples)
{
    /// <summary>Which of several shapes its inputs have, from 0. Default 0.</summary>
    public int Shape { get; init; }
}
