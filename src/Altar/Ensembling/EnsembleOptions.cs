using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Ensembling;

/// <summary>How an ensemble is put together and judged.</summary>
public sealed record EnsembleOptions
{
    /// <summary>How probabilities are averaged. Default arithmetic.</summary>
    public MeanKind Mean { get; init; }

    /// <summary>What the greedy choice looks at: <see cref="Metric.LogLoss"/> (default) or <see cref="Metric.Top1"/>.</summary>
    public Metric By { get; init; } = Metric.LogLoss;

    /// <summary>Decides which half of the pictures the greedy choice is made on. Default 1.</summary>
    public Seed Seed { get; init; } = new(1);
}
