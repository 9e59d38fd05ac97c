namespace Altar.Augmentation;

/// <summary>How many of a group's operations happen.</summary>
public enum Choice
{
    /// <summary>One of those named; their probabilities are weights.</summary>
    One,

    /// <summary>Each with its own probability.</summary>
    Each,
}

/// <summary>Operations on brightness, alike in all channels.</summary>
public sealed record ToneOptions
{
    /// <summary>Probability that anything of this group happens, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>One of the named operations, or each with its own probability (default).</summary>
    public Choice Choice { get; init; } = Choice.Each;

    /// <summary>A factor and an offset. Default none.</summary>
    public BrightnessContrastOptions? BrightnessContrast { get; init; }

    /// <summary>A factor about the picture's mean brightness. Default none.</summary>
    public ContrastOptions? Contrast { get; init; }

    /// <summary>A power. Default none.</summary>
    public GammaOptions? Gamma { get; init; }

    /// <summary>Adaptive equalisation of the brightness. Default none.</summary>
    public ClaheOptions? Clahe { get; init; }

    /// <summary>The negative. Default none.</summary>
    public InvertOptions? Invert { get; init; }

    internal void Validate()
    {
        OptionRange.Check("tone.probability", Probability, 0, 1);
        BrightnessContrast?.Validate();
        Contrast?.Validate();
        Gamma?.Validate();
        Clahe?.Validate();
        if (Invert is not null) OptionRange.Check("tone.invert.probability", Invert.Probability, 0, 1);
    }
}

/// <summary>Multiplies by 1 + contrast and adds brightness.</summary>
public sealed record BrightnessContrastOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Largest offset, either way, as a share of white, in [0, 1]. Default 0.2.</summary>
    public double Brightness { get; init; } = 0.2;

    /// <summary>Largest change of the factor, either way, in [0, 1]. Default 0.2.</summary>
    public double Contrast { get; init; } = 0.2;

    internal void Validate()
    {
        OptionRange.Check("tone.brightness_contrast.probability", Probability, 0, 1);
        OptionRange.Check("tone.brightness_contrast.brightness", Brightness, 0, 1);
        OptionRange.Check("tone.brightness_contrast.contrast", Contrast, 0, 1);
    }
}

/// <summary>Moves every pixel away from the picture's mean brightness, or towards it.</summary>
public sealed record ContrastOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Largest change of the factor, either way, in [0, 1]. Default 0.2.</summary>
    public double Amount { get; init; } = 0.2;

    internal void Validate()
    {
        OptionRange.Check("tone.contrast.probability", Probability, 0, 1);
        OptionRange.Check("tone.contrast.amount", Amount, 0, 1);
    }
}

/// <summary>Raises brightness in 0..1 to a power.</summary>
public sealed record GammaOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Smallest exponent, 0.1 to 10. Default 0.8.</summary>
    public double Min { get; init; } = 0.8;

    /// <summary>Largest exponent, 0.1 to 10. Default 1.2.</summary>
    public double Max { get; init; } = 1.2;

    internal void Validate()
    {
        OptionRange.Check("tone.gamma.probability", Probability, 0, 1);
        OptionRange.Check("tone.gamma.min", Min, 0.1, 10);
        OptionRange.Check("tone.gamma.max", Max, 0.1, 10);
        OptionRange.CheckOrder("tone.gamma.min", Min, "tone.gamma.max", Max);
    }
}

/// <summary>Contrast-limited adaptive histogram equalisation of the grey picture; the difference is added to every channel.</summary>
public sealed record ClaheOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Largest clip limit; the limit is drawn from 1 to it. 1 to 40. Default 4.</summary>
    public double Clip { get; init; } = 4;

    /// <summary>Tiles in each direction, 2 to 32. Default 8.</summary>
    public int Tiles { get; init; } = 8;

    internal void Validate()
    {
        OptionRange.Check("tone.clahe.probability", Probability, 0, 1);
        OptionRange.Check("tone.clahe.clip", Clip, 1, 40);
        OptionRange.Check("tone.clahe.tiles", Tiles, 2, 32);
    }
}

/// <summary>The negative of the picture.</summary>
public sealed record InvertOptions
{
    /// <summary>Probability, or weight in a choice, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;
}
