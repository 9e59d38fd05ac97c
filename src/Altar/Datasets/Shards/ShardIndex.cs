using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>What lies beside the shards as <c>index.json</c>: which they are, how much they hold, and the columns with their classes.</summary>
/// <remarks>With it the order of an epoch is known before anything is read, and an epoch can be entered anywhere.</remarks>
/// <param name="Shards">The shards, in order.</param>
/// <param name="Columns">The columns, in order.</param>
public sealed record ShardIndex(IReadOnlyList<ShardFile> Shards, IReadOnlyList<ShardColumn> Columns)
{
    /// <summary>Its file name.</summary>
    public const string FileName = "index.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private sealed record File(int Version, long Samples, long Bytes, IReadOnlyList<ShardFile>? Shards, IReadOnlyList<ShardColumn>? Columns);

    /// <summary>Samples in all shards.</summary>
    public long Samples => Shards.Sum(shard => (long)shard.Samples);

    /// <summary>Bytes of all shards.</summary>
    public long Bytes => Shards.Sum(shard => shard.Bytes);

    /// <summary>The index as text; the same for the same index.</summary>
    public string ToJson() => JsonSerializer.Serialize(new File(1, Samples, Bytes, Shards, Columns), Json) + "\n";

    /// <summary>Reads an index.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="BadInputException">It is no index, or what it lists cannot be.</exception>
    public static ShardIndex Parse(ReadOnlySpan<byte> json, string name)
    {
        File? file;
        try
        {
            file = JsonSerializer.Deserialize<File>(json, Json);
        }
        catch (JsonException error)
        {
            throw new BadInputException($"{name}: no index of shards: {error.Message} Write it again: altar shard FOLDER --index.", error);
        }

        if (file is not { Version: 1, Shards: { Count: > 0 } shards, Columns: { } columns })
            throw new BadInputException($"{name}: no index of shards, or one that lists none. Write it again: altar shard FOLDER --index.");
        foreach (var shard in shards) Require(shard, name);
        var index = new ShardIndex(shards, columns);
        return index.Samples <= int.MaxValue ? index : throw new BadInputException($"{name}: {index.Samples} samples are more than one set can hold ({int.MaxValue}). Divide it into several.");
    }

    private static void Require(ShardFile shard, string name)
    {
        if (string.IsNullOrEmpty(shard.Name) || shard.Samples < 1 || shard.Bytes < 1) throw new BadInputException($"{name}: it lists a shard without a name, samples or bytes. Write it again: altar shard FOLDER --index.");
        if (shard.Name.StartsWith('/') || shard.Name.Contains('\\') || shard.Name.Contains(':') || shard.Name.Split('/').Contains(".."))
            throw new BadInputException($"{name}: the shard '{shard.Name}' has a path that leaves its folder. Do not use shards of such an origin.");
    }
}
