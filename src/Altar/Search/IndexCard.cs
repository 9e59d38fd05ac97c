using System.Text.Json;
using System.Text.Json.Serialization;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>How an index looks for neighbours.</summary>
public enum IndexKind
{
    /// <summary>Compares with every vector: nothing is missed, and time grows with their number.</summary>
    Exact,

    /// <summary>Walks a graph of neighbours: a few are missed, and time hardly grows.</summary>
    Hnsw,
}

/// <summary>What makes two embeddings comparable.</summary>
/// <param name="Name">The network.</param>
/// <param name="Fingerprint">SHA-256 of the trunk's weights, the padding, the preprocessing and the input size, in hex. The head has no part in it.</param>
/// <param name="Length">Numbers of the network's feature.</param>
public sealed record NetworkIdentity(string Name, string Fingerprint, int Length)
{
    /// <summary>The name with what tells it from others of that name.</summary>
    public override string ToString() => $"{Name} ({Length} numbers, fingerprint {Fingerprint[..Math.Min(12, Fingerprint.Length)]})";
}

/// <summary>What an index was made with: card.json.</summary>
public sealed record IndexCard
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Version of the files.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The network that made the vectors.</summary>
    public required NetworkIdentity Network { get; init; }

    /// <summary>Numbers of a vector: the feature's, or fewer after the projection.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Whether the projection also makes the variance of all directions equal.</summary>
    public bool IsWhitened { get; init; }

    /// <summary>How neighbours are looked for.</summary>
    public IndexKind Kind { get; init; } = IndexKind.Exact;

    /// <summary>How numbers are kept.</summary>
    public VectorScalar Scalar { get; init; } = VectorScalar.F16;

    /// <summary>Settings of the graph.</summary>
    public HnswOptions Hnsw { get; init; } = new();

    /// <summary>The folder that relative images are relative to.</summary>
    public string Root { get; init; } = "";

    /// <summary>Photos; set when it is saved.</summary>
    public int Photos { get; init; }

    /// <summary>Length of the file of vectors in bytes; set when it is saved.</summary>
    public long VectorBytes { get; init; }

    /// <summary>Whether features are projected to fewer dimensions.</summary>
    [JsonIgnore]
    public bool IsProjected => IsWhitened || Dimensions != Network.Length;

    /// <summary>Refuses vectors of another network.</summary>
    /// <param name="source">The index, for the message.</param>
    /// <param name="network">The network at hand.</param>
    /// <exception cref="BadInputException">It is another one; the message says both.</exception>
    public void RequireSame(string source, NetworkIdentity network)
    {
        if (Network != network) throw new BadInputException($"{source}: the index was made with {Network}, not with {network}; their vectors cannot be compared. Name the network of the index, or build another index.");
    }

    /// <summary>The full path of a photo of the index, to open it.</summary>
    /// <param name="image">Its image.</param>
    public string PathOf(string image) => Path.Combine(Root, image);

    internal string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";

    internal static IndexCard Parse(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<IndexCard>(json, Format) is { Network: not null, Dimensions: > 0, Version: 1, Hnsw: not null, Root: not null } card
                ? card
                : throw new BadInputException($"{source} is no card of an index of this version. Build the index anew.");
        }
        catch (JsonException error)
        {
            throw new BadInputException($"{source} is no card of an index: {error.Message} Build the index anew.", error);
        }
    }
}
