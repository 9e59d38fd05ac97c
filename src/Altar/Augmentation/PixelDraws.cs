namespace Altar.Augmentation;

/// <summary>Kinds of change of brightness.</summary>
public enum ToneKind
{
    /// <summary>v becomes amount v + offset.</summary>
    Linear,

    /// <summary>v becomes mean + amount (v - mean), with the picture's mean brightness.</summary>
    Contrast,

    /// <summary>v becomes 255 (v / 255)^amount.</summary>
    Gamma,

    /// <summary>Adaptive equalisation: amount is the clip limit, offset the number of tiles. It comes before the other kinds.</summary>
    Clahe,

    /// <summary>v becomes 255 - v.</summary>
    Invert,
}

/// <summary>A drawn change of brightness.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Amount">Its first number.</param>
/// <param name="Offset">Its second number.</param>
public sealed record ToneDraw(ToneKind Kind, double Amount = 1, double Offset = 0);

/// <summary>A drawn change of colour, in the units of <see cref="ColorOptions"/>.</summary>
/// <param name="Space">The coordinates.</param>
/// <param name="Hue">Added to the hue, in steps of 2 degrees.</param>
/// <param name="Saturation">Added to the saturation, of 255.</param>
/// <param name="Lightness">Added to lightness or value, of 255.</param>
public sealed record ColorDraw(ColorSpace Space, double Hue, double Saturation, double Lightness);

/// <summary>Kinds of blur.</summary>
public enum BlurKind
{
    /// <summary>The mean of a square.</summary>
    Box,

    /// <summary>A Gaussian's weights.</summary>
    Gaussian,

    /// <summary>The mean along a line.</summary>
    Motion,

    /// <summary>The median of a square.</summary>
    Median,
}

/// <summary>A drawn blur.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Size">Side or length in target pixels, odd.</param>
/// <param name="Angle">Direction of motion in degrees.</param>
public sealed record BlurDraw(BlurKind Kind, int Size, double Angle = 0);

/// <summary>Drawn noise. The seed fixes every pixel's part of it.</summary>
/// <param name="ChannelSigma">Standard deviation of each channel's own noise, in grey levels.</param>
/// <param name="LightSigma">Standard deviation of a white pixel's brightness noise, which goes by the root of the light, in grey levels.</param>
/// <param name="Seed">Start of the sequence.</param>
public sealed record NoiseDraw(double ChannelSigma, double LightSigma, uint Seed);

/// <summary>A rectangle cut out of the target.</summary>
/// <param name="X">Left column.</param>
/// <param name="Y">Top row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Fill">Its grey level.</param>
public sealed record HoleDraw(int X, int Y, int Width, int Height, double Fill);
