namespace Altar.Augmentation;

/// <summary>The coordinates in which colour is changed.</summary>
public enum ColorSpace
{
    /// <summary>Hue, saturation, value (the largest channel).</summary>
    Hsv,

    /// <summary>Hue, saturation, lightness (the mean of the largest and the smallest channel).</summary>
    Hsl,
}

/// <summary>Adds to hue, saturation and lightness.</summary>
/// <remarks>Units are OpenCV's for 8 bits, so that published numbers can be copied: hue in steps of 2 degrees, the others of 255. Hue goes round; MXNet clipped it.</remarks>
public sealed record ColorOptions
{
    /// <summary>Probability, in [0, 1]. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The coordinates. Default hsv.</summary>
    public ColorSpace Space { get; init; } = ColorSpace.Hsv;

    /// <summary>Largest turn of the hue, either way, in steps of 2 degrees, in [0, 90]. Default 20.</summary>
    public double Hue { get; init; } = 20;

    /// <summary>Largest change of saturation, either way, of 255, in [0, 255]. Default 30.</summary>
    public double Saturation { get; init; } = 30;

    /// <summary>Largest change of lightness (in HSV: of value), either way, of 255, in [0, 255]. Default 20.</summary>
    public double Lightness { get; init; } = 20;

    internal void Validate()
    {
        OptionRange.Check("color.probability", Probability, 0, 1);
        OptionRange.Check("color.hue", Hue, 0, 90);
        OptionRange.Check("color.saturation", Saturation, 0, 255);
        OptionRange.Check("color.lightness", Lightness, 0, 255);
    }
}
