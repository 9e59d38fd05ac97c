using Altar.Images;

namespace Altar.Augmentation.Kernels;

/// <summary>A normalisation as one multiplication and one addition a channel.</summary>
internal readonly struct ChannelScale
{
    public ChannelScale(Normalization normalization)
    {
        var (mean, std) = (normalization.Mean, normalization.Std);
        (R, G, B) = (1 / (255 * std[0]), 1 / (255 * std[1]), 1 / (255 * std[2]));
        (BiasR, BiasG, BiasB) = (-mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2]);
    }

    private ChannelScale(float scale) => (R, G, B) = (scale, scale, scale);

    /// <summary>Leaves grey levels as they are.</summary>
    public static ChannelScale GreyLevels { get; } = new(1);

    public float R { get; }

    public float G { get; }

    public float B { get; }

    public float BiasR { get; }

    public float BiasG { get; }

    public float BiasB { get; }
}
