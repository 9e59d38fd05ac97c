using System.Text.Json;
using System.Text.Json.Serialization;
using Altar.Images;

namespace Altar.Augmentation;

/// <summary>Everything that chance decided for one sample: a value that can be printed, kept and replayed.</summary>
public sealed record AugmentationDraw
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Size of the picture it was drawn for. The picture may come at a reduced scale; the draw stays valid.</summary>
    public required PixelSize Source { get; init; }

    /// <summary>Size of the network's input.</summary>
    public required PixelSize Target { get; init; }

    /// <summary>Crop, turn, scale, bend.</summary>
    public GeometryDraw Geometry { get; init; } = new();

    /// <summary>Blurs, in their order.</summary>
    public IReadOnlyList<BlurDraw> Blurs { get; init; } = [];

    /// <summary>Changes of brightness, in their order.</summary>
    public IReadOnlyList<ToneDraw> Tones { get; init; } = [];

    /// <summary>Change of colour; null for none.</summary>
    public ColorDraw? Color { get; init; }

    /// <summary>Noise; null for none.</summary>
    public NoiseDraw? Noise { get; init; }

    /// <summary>Rectangles cut out of the target.</summary>
    public IReadOnlyList<HoleDraw> Holes { get; init; } = [];

    /// <summary>The geometry as one map, both ways.</summary>
    public Warp ToWarp() => new(Source, Target, Geometry);

    /// <summary>The size that a decoded picture must still cover so that nothing is magnified that was sharp: for <see cref="ReadOptions.AtLeast"/>.</summary>
    public PixelSize AtLeast()
    {
        var shrink = Math.Max(1, ToWarp().Shrink);
        return new PixelSize((int)Math.Ceiling(Source.Width / shrink), (int)Math.Ceiling(Source.Height / shrink));
    }

    /// <summary>The draw as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The line.</param>
    /// <exception cref="JsonException">It is no draw.</exception>
    public static AugmentationDraw FromJson(string json) =>
        JsonSerializer.Deserialize<AugmentationDraw>(json, Format) ?? throw new JsonException("null is no draw");
}
