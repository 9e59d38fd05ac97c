namespace Altar.Recipes.Yaml;

/// <summary>The list of sets that a recipe may write under <c>data.val</c>, where others write a path or a fraction: it is bound as <c>data.val_sets</c>.</summary>
internal static class ValList
{
    private const string Data = "data", Written = "val", Bound = "val_sets";

    /// <summary>Whether the document writes a list there.</summary>
    public static bool IsIn(YamlValue document) => Entry(Entry(document, Data)?.Value, Written)?.Value is YamlValue.Sequence;

    /// <summary>The document with the list under the name that it is bound by; unchanged without a list.</summary>
    public static YamlValue Renamed(YamlValue document) => IsIn(document)
        ? With(document, Data, data => data with { Value = With(data.Value, Written, val => val with { Key = Bound }) })
        : document;

    /// <summary>A path as the file has it.</summary>
    public static string AsWritten(string path) =>
        path == $"{Data}.{Bound}" || path.StartsWith($"{Data}.{Bound}.", StringComparison.Ordinal) ? $"{Data}.{Written}{path[(Data.Length + Bound.Length + 1)..]}" : path;

    private static YamlEntry? Entry(YamlValue? value, string key) => (value as YamlValue.Mapping)?.Entries.LastOrDefault(entry => entry.Key == key);

    private static YamlValue With(YamlValue value, string key, Func<YamlEntry, YamlEntry> change)
    {
        var last = Entry(value, key);
        return value is YamlValue.Mapping mapping ? mapping with { Entries = [.. mapping.Entries.Select(entry => entry == last ? change(entry) : entry)] } : value;
    }
}
