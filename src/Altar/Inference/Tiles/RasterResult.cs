namespace Altar.Inference.Tiles;

/// <summary>What became of a raster.</summary>
/// <param name="Input">The raster.</param>
/// <param name="Output">The file that was written.</param>
public sealed record RasterResult(string Input, string Output)
{
    /// <summary>The outlines; null where they were not asked for.</summary>
    public string? Polygons { get; init; }

    /// <summary>Outlines in that file.</summary>
    public int PolygonCount { get; init; }

    /// <summary>Share of the pixels of each class, in 0..1, in the order of the classes.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>Whether the result lies where the raster lies on the earth; false where the raster does not say it.</summary>
    public bool HasGeoReference { get; init; }

    /// <summary>Whether an earlier run had finished it with the same weights and options.</summary>
    public bool WasFinished { get; init; }
}

/// <summary>A raster that could not be predicted.</summary>
/// <param name="Input">The raster.</param>
/// <param name="Reason">Why.</param>
public sealed record RasterFailure(string Input, string Reason);
