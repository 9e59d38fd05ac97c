namespace Altar.Losses;

/// <summary>The numbers inside the named losses.</summary>
public sealed record PixelLossOptions
{
    /// <summary>gamma of <c>focal</c>, at least 0: how much easy pixels are turned down. Default 2 (arXiv:1708.02002).</summary>
    public double FocalGamma { get; init; } = 2;

    /// <summary>What <c>tversky</c> takes for a pixel wrongly taken for the class, at least 0. Default 0.3 (arXiv:1706.05721).</summary>
    public double TverskyFalseAlarms { get; init; } = 0.3;

    /// <summary>What <c>tversky</c> takes for a pixel of the class that was not found, at least 0. Default 0.7 (arXiv:1706.05721).</summary>
    public double TverskyMisses { get; init; } = 0.7;

    /// <summary>Pixels added to both areas in <c>dice</c>, <c>jaccard</c>, <c>tversky</c> and <c>border_dice</c>, above 0. Default 1.</summary>
    public double Smooth { get; init; } = 1;
}
