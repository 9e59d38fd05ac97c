using Altar.Tensors;

namespace Altar.Inference.Tiles;

/// <summary>How overlapping tiles share a pixel.</summary>
public enum TileBlending
{
    /// <summary>By a Hann window: a tile counts most at its centre and nearly nothing at its edge, where a network sees least.</summary>
    Hann,

    /// <summary>The plain mean, as in lopuhin's sea lion solution.</summary>
    Flat,
}

/// <summary>How a large raster is cut into overlapping tiles.</summary>
public sealed record TileOptions
{
    /// <summary>Side of the square tile in pixels as the network sees them, a multiple of its stride. Default 512.</summary>
    public int TilePixels { get; init; } = 512;

    /// <summary>Overlap of neighbours as a share of the tile's side, in [0, 0.75]. Default 0.25.</summary>
    public double OverlapFraction { get; init; } = 0.25;

    /// <summary>How tiles share the pixels where they overlap. Default Hann.</summary>
    public TileBlending Blending { get; init; } = TileBlending.Hann;

    /// <summary>From one tile to the next, in pixels.</summary>
    public int Step => Math.Max(1, (int)Math.Round(TilePixels * (1 - OverlapFraction)));

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <param name="multiple">What the side of a tile must be a multiple of, in pixels.</param>
    /// <exception cref="BadInputException">A value is outside of its range.</exception>
    public TileOptions Validated(int multiple = 1)
    {
        if (TilePixels < 1 || TilePixels % multiple != 0)
        {
            var next = Math.Max(multiple, (int)Math.Round((double)TilePixels / multiple) * multiple);
            throw new BadInputException($"The tile is {TilePixels} pixels, but the network needs a multiple of {multiple}; write {next}.");
        }

        return OverlapFraction is >= 0 and <= 0.75
            ? this
            : throw new BadInputException($"The overlap is {OverlapFraction}; write a share of the tile's side from 0 to 0.75, e.g. 0.25.");
    }
}
