using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Tensors;

namespace Altar.Inference.Tiles;

/// <summary>The note beside a finished result, from what it was made: a later run with the same skips it.</summary>
internal sealed record RasterReceipt
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Input { get; init; }

    public required long Bytes { get; init; }

    /// <summary>When the input was written, in ticks.</summary>
    public required long Written { get; init; }

    public required string Model { get; init; }

    public required string Options { get; init; }

    /// <summary>Of the result; null before it is there.</summary>
    public RasterResult? Result { get; init; }

    public static RasterReceipt Of(string input, RasterModel model, RasterOptions options)
    {
        var file = new FileInfo(input);
        return new RasterReceipt
        {
            Input = file.FullName, Bytes = file.Length, Written = file.LastWriteTimeUtc.Ticks,
            Model = $"{model.Identity} [{string.Join(", ", model.Classes)}] mean {string.Join(", ", model.Mean)} std {string.Join(", ", model.Std)} scale {model.Scale.X:R} {model.Scale.Y:R} whole {model.Whole}",
            Options = options.ToText(),
        };
    }

    public static string PathOf(string output) => output + ".json";

    /// <summary>The earlier result, if it was made of the same and is still there.</summary>
    public RasterResult? Finished(string output)
    {
        var path = PathOf(output);
        if (!File.Exists(path) || !File.Exists(output)) return null;
        try
        {
            var earlier = JsonSerializer.Deserialize<RasterReceipt>(File.ReadAllText(path), Format);
            if (earlier is not { Result: { } result } || earlier with { Result = null } != this) return null;
            return result.Polygons is null || File.Exists(result.Polygons) ? result with { WasFinished = true } : null;
        }
        catch (JsonException)
        {
            return null;   // not one of ours: the raster is predicted again
        }
    }

    public void Write(RasterResult result) => AtomicFile.WriteText(PathOf(result.Output), JsonSerializer.Serialize(this with { Result = result }, Format) + "\n");
}
