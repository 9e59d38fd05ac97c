namespace Altar.Inference;

/// <summary>How pictures are put through a network. What it says does not depend on it.</summary>
public sealed record PredictOptions
{
    /// <summary>Pictures at once, at least 1. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Threads that decode. 0 (default): one for each processor.</summary>
    public int Threads { get; init; }
}
