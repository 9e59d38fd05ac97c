using Altar.Training.Checkpoints;

namespace Altar.Training;

/// <summary>When a run saves itself: the recipe's <c>checkpoint</c>.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps ("200") or minutes ("10m") between two saves inside an epoch. Default 10m. An epoch's end is saved too, unless that would cost more than 2 % of the time.</summary>
    public string Every { get; init; } = "10m";

    /// <summary>How many of the best epochs are kept, as best-1 and on, at least 1. Default 1: only best.</summary>
    public int KeepBest { get; init; } = 1;

    /// <summary>What is kept besides <c>last</c> and the best. Default: every snapshot, no epoch.</summary>
    public RetentionPolicy Keep { get; init; } = new();
}
