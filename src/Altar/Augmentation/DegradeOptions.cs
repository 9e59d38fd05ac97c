namespace Altar.Augmentation;

/// <summary>What a bad camera does: blur, then noise.</summary>
public sealed record DegradeOptions
{
    /// <summary>Probability that anything of this group happens, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>One of the named operations (default), or each with its own probability.</summary>
    public Choice Choice { get; init; } = Choice.One;

    /// <summary>The mean of a square. Default none.</summary>
    public BoxBlurOptions? BoxBlur { get; init; }

    /// <summary>A Gaussian's weights. Default none.</summary>
    public GaussianBlurOptions? GaussianBlur { get; init; }

    /// <summary>The mean along a line. Default none.</summary>
    public MotionBlurOptions? MotionBlur { get; init; }

    /// <summary>The median of a square. Default none.</summary>
    public MedianBlurOptions? MedianBlur { get; init; }

    /// <summary>Independent noise in each channel. Default none.</summary>
    public GaussNoiseOptions? GaussNoise { get; init; }

    /// <summary>A sensor's noise. Default none.</summary>
    public IsoNoiseOptions? IsoNoise { get; init; }

    internal void Validate()
    {
        OptionRange.Check("degrade.probability", Probability, 0, 1);
        BoxBlur?.Validate();
        GaussianBlur?.Validate();
        MotionBlur?.Validate();
        MedianBlur?.Validate();
        GaussNoise?.Validate();
        IsoNoise?.Validate();
    }
}

/// <summary>The mean of a square of pixels.</summary>
public sealed record BoxBlurOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest side in target pixels, odd, 3 to 31. Default 3.</summary>
    public int SizeMin { get; init; } = 3;

    /// <summary>Largest side in target pixels, odd, 3 to 31. Default 3.</summary>
    public int SizeMax { get; init; } = 3;

    internal void Validate()
    {
        OptionRange.Check("degrade.box_blur.probability", Probability, 0, 1);
        OptionRange.CheckOdd("degrade.box_blur.size", SizeMin, SizeMax);
    }
}

/// <summary>A Gaussian over a square of pixels; its standard deviation is 0.3 (side / 2 - 1.5) + 0.8 with the half rounded down, as OpenCV takes it.</summary>
public sealed record GaussianBlurOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest side in target pixels, odd, 3 to 31. Default 3.</summary>
    public int SizeMin { get; init; } = 3;

    /// <summary>Largest side in target pixels, odd, 3 to 31. Default 7.</summary>
    public int SizeMax { get; init; } = 7;

    internal void Validate()
    {
        OptionRange.Check("degrade.gaussian_blur.probability", Probability, 0, 1);
        OptionRange.CheckOdd("degrade.gaussian_blur.size", SizeMin, SizeMax);
    }
}

/// <summary>The mean along a line through each pixel, in any direction.</summary>
public sealed record MotionBlurOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest length in target pixels, odd, 3 to 31. Default 3.</summary>
    public int SizeMin { get; init; } = 3;

    /// <summary>Largest length in target pixels, odd, 3 to 31. Default 7.</summary>
    public int SizeMax { get; init; } = 7;

    internal void Validate()
    {
        OptionRange.Check("degrade.motion_blur.probability", Probability, 0, 1);
        OptionRange.CheckOdd("degrade.motion_blur.size", SizeMin, SizeMax);
    }
}

/// <summary>The median of a square of pixels, in each channel.</summary>
public sealed record MedianBlurOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest side in target pixels, odd, 3 to 31. Default 3.</summary>
    public int SizeMin { get; init; } = 3;

    /// <summary>Largest side in target pixels, odd, 3 to 31. Default 5.</summary>
    public int SizeMax { get; init; } = 5;

    internal void Validate()
    {
        OptionRange.Check("degrade.median_blur.probability", Probability, 0, 1);
        OptionRange.CheckOdd("degrade.median_blur.size", SizeMin, SizeMax);
    }
}

/// <summary>Normal noise, drawn apart for each pixel and channel.</summary>
public sealed record GaussNoiseOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest standard deviation in grey levels, 0 to 128. Default 3.2, the root of 10.</summary>
    public double SigmaMin { get; init; } = 3.2;

    /// <summary>Largest standard deviation in grey levels, 0 to 128. Default 7.1, the root of 50.</summary>
    public double SigmaMax { get; init; } = 7.1;

    internal void Validate()
    {
        OptionRange.Check("degrade.gauss_noise.probability", Probability, 0, 1);
        OptionRange.CheckPair("degrade.gauss_noise.sigma", SigmaMin, SigmaMax, 0, 128);
    }
}

/// <summary>A sensor's noise: brightness by the root of the light, common to the channels, and a little colour.</summary>
public sealed record IsoNoiseOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest standard deviation of a white pixel's brightness, in grey levels, 0 to 128. Default 4.</summary>
    public double SigmaMin { get; init; } = 4;

    /// <summary>Largest standard deviation of a white pixel's brightness, in grey levels, 0 to 128. Default 12.</summary>
    public double SigmaMax { get; init; } = 12;

    /// <summary>Standard deviation of each channel's own noise, as a share of the brightness noise, in [0, 1]. Default 0.3.</summary>
    public double Color { get; init; } = 0.3;

    internal void Validate()
    {
        OptionRange.Check("degrade.iso_noise.probability", Probability, 0, 1);
        OptionRange.CheckPair("degrade.iso_noise.sigma", SigmaMin, SigmaMax, 0, 128);
        OptionRange.Check("degrade.iso_noise.color", Color, 0, 1);
    }
}
