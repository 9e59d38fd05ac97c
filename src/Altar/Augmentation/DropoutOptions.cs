namespace Altar.Augmentation;

/// <summary>Rectangles cut out of the input (cutout, arXiv:1708.04552).</summary>
public sealed record DropoutOptions
{
    /// <summary>Probability, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest number of rectangles, 1 to 64. Default 1.</summary>
    public int HolesMin { get; init; } = 1;

    /// <summary>Largest number of rectangles, 1 to 64. Default 8.</summary>
    public int HolesMax { get; init; } = 8;

    /// <summary>Smallest side, as a share of the target's width and height, in (0, 1]. Default 0.05.</summary>
    public double SizeMin { get; init; } = 0.05;

    /// <summary>Largest side, as a share of the target's width and height, in (0, 1]. Default 0.15.</summary>
    public double SizeMax { get; init; } = 0.15;

    /// <summary>Grey level of the rectangles, 0 to 255. Default 0.</summary>
    public double Fill { get; init; }

    internal void Validate()
    {
        OptionRange.Check("dropout.probability", Probability, 0, 1);
        OptionRange.CheckPair("dropout.holes", HolesMin, HolesMax, 1, 64);
        OptionRange.CheckPair("dropout.size", SizeMin, SizeMax, 0.001, 1);
        OptionRange.Check("dropout.fill", Fill, 0, 255);
    }
}
