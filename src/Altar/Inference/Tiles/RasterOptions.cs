using System.Text.Json;
using System.Text.Json.Serialization;
using Altar.Inference.Polygons;
using Altar.Tensors;

namespace Altar.Inference.Tiles;

/// <summary>What is written of each pixel.</summary>
public enum RasterOutput
{
    /// <summary>Of one class 0 or 255; of several the number of the likeliest, from 0.</summary>
    Mask,

    /// <summary>8 bits, probability times 255; a band for each class.</summary>
    Probability,

    /// <summary>32-bit floats in 0..1; a band for each class.</summary>
    FloatingPoint,
}

/// <summary>How rasters are predicted.</summary>
public sealed record RasterOptions
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Tile, overlap, blending.</summary>
    public TileOptions Tiles { get; init; } = new();

    /// <summary>Tiles at once, at least 1. The result does not depend on it. Default 4.</summary>
    public int Batch { get; init; } = 4;

    /// <summary>Views whose probabilities are averaged. Default none but the picture itself.</summary>
    public ViewSet Views { get; init; } = ViewSet.None;

    /// <summary>Probability from which on a pixel belongs to the class, in 0..1; only for networks of one class. Null (default): the model's.</summary>
    public double? Threshold { get; init; }

    /// <summary>What is written. Default the mask.</summary>
    public RasterOutput Output { get; init; } = RasterOutput.Mask;

    /// <summary>Also writes the outlines as GeoJSON. Null (default): not.</summary>
    public PolygonOptions? Polygons { get; init; }

    /// <summary>Bands that the network sees, counted from 1. Null (default): all it takes.</summary>
    public IReadOnlyList<int>? Bands { get; init; }

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <param name="stride">The network's.</param>
    /// <exception cref="BadInputException">A value is outside of its range.</exception>
    public RasterOptions Validated(int stride = 1)
    {
        Tiles.Validated(stride);
        Polygons?.Validated();
        if (Batch < 1) throw new BadInputException($"{Batch} tiles at once; write 1 or more.");
        return Threshold is null or (>= 0 and <= 1) ? this : throw new BadInputException($"The threshold is {Threshold}; write a probability from 0 to 1, e.g. 0.5.");
    }

    /// <summary>Everything the result depends on, as a text.</summary>
    internal string ToText() => JsonSerializer.Serialize(this with { Batch = 1 }, Format);
}
