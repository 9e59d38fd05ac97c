using Altar.Tensors;

namespace Altar.Images;

/// <summary>How pictures are read.</summary>
public sealed record ReadOptions
{
    /// <summary>Pixels above which a picture is refused before it is decoded, at least 1. Default 200 million.</summary>
    public long MaximumPixels { get; init; } = 200_000_000;

    /// <summary>Size in pixels that the result must still cover: a JPEG is then decoded at 1/2, 1/4 or 1/8. Null (default): always whole.</summary>
    public PixelSize? AtLeast { get; init; }

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <exception cref="BadInputException">A value is outside of its range.</exception>
    public ReadOptions Validated() => MaximumPixels >= 1
        ? this
        : throw new BadInputException($"maximum_pixels is {MaximumPixels}; write a number of pixels above 0, e.g. 200000000.");
}
