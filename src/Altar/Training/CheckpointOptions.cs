namespace Altar.Training;

/// <summary>When a run saves itself: the recipe's <c>checkpoint</c>.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps ("200") or minutes ("10m") between two saves inside an epoch. Default 10m. A save also ends every epoch.</summary>
    public string Every { get; init; } = "10m";
}
