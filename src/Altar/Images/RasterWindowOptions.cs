namespace Altar.Images;

/// <summary>How windows of a raster are read.</summary>
public sealed record RasterWindowOptions
{
    /// <summary>Bands to read, in this order, counted from 1 as GDAL does. Null (default): all; for RGB the first three of three, or of four with alpha.</summary>
    public IReadOnlyList<int>? Bands { get; init; }

    /// <summary>Where decoded strips and tiles are kept; give the same to many rasters to bound their memory together. Null (default): 64 MiB of its own.</summary>
    public RasterBlockCache? Cache { get; init; }
}
