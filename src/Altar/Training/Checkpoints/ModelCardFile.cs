using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Altar.Datasets.Heads;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Training.Checkpoints;

/// <summary>Reads and writes <c>model.json</c>. It holds no time and no path of its own: the same card gives the same bytes.</summary>
public static class ModelCardFile
{
    /// <summary>Name of the file in a checkpoint: model.json.</summary>
    public const string Name = "model.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // classes stay readable; the file is never part of a page
        Converters = { new PixelSizeText(), new JsonStringEnumConverter(new LowerCase()) },
    };

    /// <summary>Writes the card into a checkpoint.</summary>
    /// <param name="folder">The checkpoint; it is made where it is missing.</param>
    /// <param name="card">The card.</param>
    public static void Write(string folder, ModelCard card) =>
        AtomicFile.WriteText(Path.Combine(folder, Name), JsonSerializer.Serialize(card, Format) + "\n");

    /// <summary>Reads the card of a checkpoint.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <exception cref="BadInputException">The file is missing, or is not what <see cref="Write"/> writes.</exception>
    public static ModelCard Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) throw new BadInputException($"{path} is missing; without it nobody knows which network the weights are for. Name a checkpoint that altar train wrote.");
        try
        {
            return Checked(path, JsonSerializer.Deserialize<ModelCard>(File.ReadAllText(path), Format));
        }
        catch (JsonException error)
        {
            throw Damaged(path, error.Message, error);
        }
    }

    private static ModelCard Checked(string path, ModelCard? card)
    {
        if (card?.Model is null || card.Classes is null) throw Damaged(path, "model or classes are null");
        if (card.Classes.Count == 0) throw Damaged(path, "classes are empty");
        if (card.Heads is { } heads) RequireHeads(path, card, heads);
        if (card.Threshold is <= 0 or >= 1) throw Damaged(path, "threshold is outside 0 to 1");
        if (!(card.Temperature > 0 && double.IsFinite(card.Temperature))) throw Damaged(path, "temperature must be above 0");
        var preprocessing = card.Model.Preprocessing;
        return preprocessing is { Mean.Count: 3, Std.Count: 3 } && preprocessing.Std.All(std => std > 0)
            ? card
            : throw Damaged(path, "preprocessing must have three means and three std above 0");
    }

    private static void RequireHeads(string path, ModelCard card, IReadOnlyList<HeadCard> heads)
    {
        if (heads.Count == 0 || heads.Any(head => head?.Name is null || head.Classes is null)) throw Damaged(path, "heads are empty, or one has no name or classes");
        if (HeadLayout.Of([.. heads.Select(head => head.ToSpec())]).Outputs is var outputs && outputs != card.Classes.Count) throw Damaged(path, $"the heads have {outputs} outputs, and there are {card.Classes.Count} classes");
        foreach (var head in heads)
        {
            if (!(head.Temperature > 0 && head.Scale > 0)) throw Damaged(path, $"temperature and scale of head {head.Name} must be above 0");
            if ((head.Thresholds ?? []).Count is not 0 and var count && count != head.Classes.Count) throw Damaged(path, $"head {head.Name} has {count} thresholds for {head.Classes.Count} labels");
            if ((head.Bands ?? []).Count is not 0 and var bands && bands != head.Classes.Count) throw Damaged(path, $"head {head.Name} has {bands} bands for {head.Classes.Count} labels");
        }
    }

    private static BadInputException Damaged(string path, string reason, Exception? cause = null) =>
        new($"{path} is no model card: {reason.TrimEnd('.')}. Take the file from the run again, or name another checkpoint.", cause);

    // "224x320" is what recipes say, too.
    private sealed class PixelSizeText : JsonConverter<PixelSize>
    {
        public override PixelSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && PixelSize.TryParse(reader.GetString(), null, out var size)
                ? size
                : throw new JsonException("size must be a text such as \"224\" or \"224x320\"");

        public override void Write(Utf8JsonWriter writer, PixelSize value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    // As recipes write it: tensorflow, not tensor_flow.
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
