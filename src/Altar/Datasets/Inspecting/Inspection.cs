using System.Text.Json;
using System.Text.Json.Serialization;
using Altar.Datasets.Duplicates;

namespace Altar.Datasets.Inspecting;

/// <summary>What a look at every picture of a set shows, for <c>altar inspect-data</c>.</summary>
public sealed record Inspection
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Reads, decodes (JPEG at reduced scale) and compares all pictures.</summary>
    /// <param name="path">A folder with a folder a class, or a manifest.</param>
    /// <param name="options">Columns, threads, and <see cref="DataOptions.Val"/>: where it is a path, its pictures are searched for leaks from this set.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="Tensors.BadInputException">There are no photos, or the manifest cannot be read.</exception>
    public static Inspection Of(string path, DataOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Inspector.Inspect(path, options, cancel);
    }

    /// <summary>The folder or manifest.</summary>
    public required string Source { get; init; }

    /// <summary>How many pictures it names, damaged ones included.</summary>
    public required int Pictures { get; init; }

    /// <summary>The classes in the order of the network's outputs.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>Sizes of the upright pictures in pixels; null where no picture can be read.</summary>
    public required SizeSummary? Sizes { get; init; }

    /// <summary>How many pictures are coded in which format.</summary>
    public required IReadOnlyDictionary<string, int> Formats { get; init; }

    /// <summary>Pictures that cannot be read, with the reason.</summary>
    public required IReadOnlyList<DamagedPicture> Damaged { get; init; }

    /// <summary>Groups of files with the same content.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> SameFiles { get; init; }

    /// <summary>Groups of pictures that look the same; of files with the same content only the first is listed.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> NearDuplicates { get; init; }

    /// <summary>Duplicates whose labels differ: at most one of them is right.</summary>
    public required IReadOnlyList<IReadOnlyList<LabelledPath>> Conflicts { get; init; }

    /// <summary>Pictures of <c>data.val</c> that are known from this set; empty where val is a fraction.</summary>
    public required IReadOnlyList<Leak> Leaks { get; init; }

    /// <summary>What to mend before training; each a sentence.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>All of it, in snake_case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>A class and how many pictures it has.</summary>
/// <param name="Name">The label.</param>
/// <param name="Pictures">How many carry it.</param>
public sealed record ClassCount(string Name, int Pictures);

/// <summary>A picture and its label.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">Its class.</param>
public sealed record LabelledPath(string Path, string Label);
