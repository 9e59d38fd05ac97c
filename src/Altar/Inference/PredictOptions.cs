using Altar.Ensembling;
using Altar.Images;
using Altar.Inference.Views;

namespace Altar.Inference;

/// <summary>How pictures are put through a network. What it says does not depend on batch and threads.</summary>
public sealed record PredictOptions
{
    /// <summary>Pictures at once, at least 1. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Shapes, height x width, of which each picture takes the one nearest to its own; null (default): as the network was trained, none: its size.</summary>
    public IReadOnlyList<PixelSize>? Shapes { get; init; }

    /// <summary>Threads that decode. 0 (default): one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>Which views of each picture a classifier judges and averages: as many times the work. Default one.</summary>
    public ViewPlan Views { get; init; } = ViewPlan.None;

    /// <summary>How the views are averaged. Default arithmetic, of probabilities; geometric is the mean of the logits.</summary>
    public MeanKind ViewMean { get; init; }
}
