using System.Globalization;
using System.Text;
using System.Text.Json;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>One sample as it lies in a shard: a coded picture and its columns.</summary>
public sealed class ShardSample
{
    private readonly byte[]? _json;
    private readonly IReadOnlyDictionary<string, string> _texts;
    private Dictionary<string, string>? _columns;

    internal ShardSample(string shard, string key, byte[] picture, byte[]? json, IReadOnlyDictionary<string, string> texts) =>
        (Name, Key, Picture, _json, _texts) = ($"{shard}/{key}", key, picture, json, texts);

    /// <summary>Shard and key, for messages.</summary>
    public string Name { get; }

    /// <summary>The name that its files share.</summary>
    public string Key { get; }

    /// <summary>The picture's file: JPEG, PNG, WebP, BMP or TIFF.</summary>
    public byte[] Picture { get; }

    /// <summary>The text of a column: of <c>key.json</c>, else <c>cls</c> or <c>txt</c> of the file of that name; null where there is none.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="BadInputException">The sample's json is no object.</exception>
    public string? Find(string column) => Columns.GetValueOrDefault(column);

    /// <summary>All columns, in the order of the json.</summary>
    /// <exception cref="BadInputException">The sample's json is no object.</exception>
    public IReadOnlyDictionary<string, string> Columns => _columns ??= Parse();

    private Dictionary<string, string> Parse()
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (_json is not null)
            {
                using var document = JsonDocument.Parse(_json);
                foreach (var property in document.RootElement.EnumerateObject()) columns[property.Name] = JsonCell.Text(property.Value);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"{Name}.json: no JSON object ({Encoding.UTF8.GetString(_json!.AsSpan(0, Math.Min(40, _json!.Length)))}). Write one such as {{\"label\": \"cat\"}}."), error);
        }

        foreach (var (name, text) in _texts) columns.TryAdd(name, text);
        return columns;
    }
}
