using Altar.Tensors;

namespace Altar.Inference.Polygons;

/// <summary>How masks become polygons.</summary>
public sealed record PolygonOptions
{
    /// <summary>How far a simplified outline may be from the pixels' edges, in pixels, at least 0. Default 1, which turns the steps of a slanting edge into a line; 0 keeps every corner.</summary>
    public double TolerancePixels { get; init; } = 1;

    /// <summary>Connected pixels that are fewer are left out, and holes that are fewer are filled, in pixels, at least 0. Default 16.</summary>
    public double MinimalPixels { get; init; } = 16;

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <exception cref="BadInputException">A value is outside of its range.</exception>
    public PolygonOptions Validated() => TolerancePixels >= 0 && MinimalPixels >= 0
        ? this
        : throw new BadInputException($"Polygons with a tolerance of {TolerancePixels} and at least {MinimalPixels} pixels cannot be; write numbers of pixels from 0 up.");
}
