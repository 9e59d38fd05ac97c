using Altar.Datasets;
using Altar.Networks;
using Altar.Training;

namespace Altar.Recipes;

/// <summary>A whole run on one page: data, network, and the stages in their order.</summary>
public sealed record Recipe
{
    /// <summary>Names the run folder, <c>runs/NAME-1</c>. Letters, digits, '-', '_' and '.'. Default "run".</summary>
    public string Name { get; init; } = "run";

    /// <summary>All chance of the run comes from it. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The pictures.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>The network.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>When the run saves itself.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    /// <summary>At least one.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];
}
