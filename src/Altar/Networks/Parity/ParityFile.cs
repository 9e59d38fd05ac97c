using System.Text.Json;
using System.Text.Json.Serialization;
using Altar.Tensors;

namespace Altar.Networks.Parity;

/// <summary>What another implementation's network consists of, and what it computes for weights and input made by <see cref="ParityFormula"/>.</summary>
public sealed record ParityFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Name of the network; of a segmentation network also with its decoder, e.g. "ternausnet16_deconv".</summary>
    public required string Name { get; init; }

    /// <summary>Learned numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>[N, C, H, W].</summary>
    public required long[] InputShape { get; init; }

    /// <summary>[N, K] or [N, K, H, W].</summary>
    public required long[] OutputShape { get; init; }

    /// <summary>Standard deviation of the whole output: differences are relative to it.</summary>
    public required double Std { get; init; }

    /// <summary>Distance of the samples in the flattened output.</summary>
    public required int SampleStride { get; init; }

    /// <summary>Every <see cref="SampleStride"/>-th element of the output, at most 64.</summary>
    public required float[] Samples { get; init; }

    /// <summary>Names and shapes of parameters and buffers.</summary>
    public required Dictionary<string, long[]> Tensors { get; init; }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">A JSON file.</param>
    /// <exception cref="BadInputException">Not such a file.</exception>
    public static ParityFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var file = JsonSerializer.Deserialize<ParityFile>(stream, Format) ?? throw new JsonException("it is null");
            return file.Checked();
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new BadInputException($"{path}: not a parity file: {error.Message}", error);
        }
    }

    private ParityFile Checked()
    {
        if (InputShape is not [> 0 and <= 64, > 0 and <= 64, > 0 and <= 4096, > 0 and <= 4096]) throw new JsonException("input_shape has to be [N, C, H, W], N and C up to 64, H and W up to 4096");
        if (OutputShape is not ([> 0, > 0 and <= 100_000] or [> 0, > 0 and <= 1000, > 0, > 0])) throw new JsonException("output_shape has to be [N, K] or [N, K, H, W]");
        if (SampleStride < 1 || Samples.Length == 0) throw new JsonException("samples and a sample_stride of at least 1 are needed");
        return Std > 0 ? this : throw new JsonException("std has to be above 0");
    }
}
