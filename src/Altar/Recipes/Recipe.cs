using Altar.Datasets;
using Altar.Networks;
using Altar.Tensors;
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

    /// <summary>What the training steps' products are computed in: fp32 (default), bf16, or on CUDA fp16.</summary>
    public Precision Precision { get; init; }

    /// <summary>When the run saves itself.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    /// <summary>What happens when a loss is no number. Default: back to the last checkpoint at half the rate, three times a stage at most.</summary>
    public NonFiniteOptions OnNonfinite { get; init; } = new();

    /// <summary>What happens when the memory does not suffice for a batch. Default: the run stops and says what to lower.</summary>
    public MemoryPolicy OnOutOfMemory { get; init; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];
}
