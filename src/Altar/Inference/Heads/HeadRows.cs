namespace Altar.Inference.Heads;

/// <summary>Outputs of a head for labelled samples: all of them, or evenly spread ones where all would be too much.</summary>
/// <param name="Stride">One of so many labelled samples is kept; 1 for all.</param>
public sealed record HeadRows(int Stride)
{
    /// <summary>So many numbers are kept of a head at most: 16 MiB.</summary>
    public const int MostNumbers = 4 << 20;

    /// <summary>The outputs, row by row.</summary>
    public List<float> Outputs { get; } = [];

    /// <summary>Class of each row.</summary>
    public List<long> Truths { get; } = [];

    /// <summary>Number of each row's sample.</summary>
    public List<int> Samples { get; } = [];
}
