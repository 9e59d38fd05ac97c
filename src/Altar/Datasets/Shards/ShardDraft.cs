using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>What is written of unfinished shards, so that writing goes on after the last whole one.</summary>
internal sealed record ShardDraft(string Fingerprint, int Next, int Samples, IReadOnlyList<ShardFile> Shards, IReadOnlyList<ShardColumn> Columns, IReadOnlyList<DamagedPicture> SetAside)
{
    public const string FileName = "unfinished.json";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json));

    /// <summary>The draft of a folder, or a new one.</summary>
    /// <exception cref="BadInputException">The folder holds shards of another list or other options.</exception>
    public static ShardDraft Open(string folder, string fingerprint)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return !Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.tar").Any()
                ? new ShardDraft(fingerprint, 0, 0, [], [], [])
                : throw Other(folder, "it holds .tar files that this list did not begin");
        }

        try
        {
            var draft = JsonSerializer.Deserialize<ShardDraft>(File.ReadAllText(path), Json);
            return draft?.Fingerprint == fingerprint ? draft : throw Other(folder, "another list, size or seed was begun there");
        }
        catch (JsonException error)
        {
            throw new BadInputException($"{path}: it cannot be read: {error.Message} Remove the folder and start again.", error);
        }
    }

    private static BadInputException Other(string folder, string why) => new($"{folder}: {why}. Name another folder with --out, or remove this one.");
}
