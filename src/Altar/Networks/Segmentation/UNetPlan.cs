namespace Altar.Networks.Segmentation;

/// <summary>What tells one textbook U-Net from another.</summary>
public sealed record UNetPlan
{
    /// <summary>Batch norm behind each convolution. Default true.</summary>
    public bool IsNormalised { get; init; } = true;

    /// <summary>Convolutions have a bias. Default true.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Slope of the activation below 0; 0 is ReLU. Default 0.</summary>
    public double Slope { get; init; }

    /// <summary>The encoder's map comes before the decoder's where they are joined. Default false.</summary>
    public bool JoinsSkipFirst { get; init; }

    /// <summary>Interpolating, each level goes on with the width of the level above, so that the joined map has as many channels as with a transposed convolution. Default false: with its own.</summary>
    public bool NarrowsAhead { get; init; }

    /// <summary>Bilinear interpolation keeps the corner pixels' centres where they are. Default false.</summary>
    public bool AlignsCorners { get; init; }

    /// <summary>Side of the last pooling, and of the first enlargement. Default 2.</summary>
    public int LastPool { get; init; } = 2;

    /// <summary>arXiv:1505.04597, padded so that the size stays.</summary>
    public static UNetPlan Paper { get; } = new() { IsNormalised = false, JoinsSkipFirst = true, NarrowsAhead = true };

    /// <summary>github.com/milesial/Pytorch-UNet.</summary>
    public static UNetPlan Milesial { get; } = new() { HasBias = false, JoinsSkipFirst = true, NarrowsAhead = true, AlignsCorners = true };

    /// <summary>github.com/nizhib/topcoder-pathology, 2017.</summary>
    public static UNetPlan Nizhib { get; } = new() { Slope = 0.01 };

    /// <summary>github.com/lopuhin/kaggle-lions-2017: the last step down and the first up are by 4.</summary>
    public static UNetPlan Lopuhin { get; } = new() { LastPool = 4 };
}
