using Altar.Datasets.Heads;
using Altar.Networks;

namespace Altar.Training;

/// <summary>What one head adds to the loss.</summary>
/// <param name="Head">Where its targets and outputs lie.</param>
/// <param name="Weight">Factor of its loss, above 0.</param>
/// <param name="Loss">What it minimises; it must be a loss of the head's kind.</param>
public sealed record HeadTerm(HeadPlace Head, double Weight, HeadLoss Loss)
{
    /// <summary>Of a value: what the output 0 means. Default 0.</summary>
    public double Center { get; init; }

    /// <summary>Of a value: what the output 1 means above <see cref="Center"/>, above 0. Default 1.</summary>
    public double Scale { get; init; } = 1;
}
