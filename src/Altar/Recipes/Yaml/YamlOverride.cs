using System.Globalization;
using Altar.Tensors;

namespace Altar.Recipes.Yaml;

/// <summary>A <c>--set stages.0.epochs=1</c>: a dotted path with indexes from 0, and a YAML value.</summary>
internal sealed record YamlOverride(Place Place, IReadOnlyList<string> Path, YamlValue Value)
{
    /// <summary>Reads "path=value".</summary>
    /// <exception cref="BadInputException">No '=', an empty part, or a value that is no YAML.</exception>
    public static YamlOverride Parse(string option)
    {
        var place = Place.Override(option);
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        string[] path = equals < 0 ? [] : option[..equals].Trim().Split('.');
        if (path.Length == 0 || path.Any(string.IsNullOrWhiteSpace))
            throw new BadInputException($"{place.Text}: write --set key=value with a dotted key, e.g. --set stages.0.epochs=1.");
        return new YamlOverride(place, path, YamlReader.Override(option[(equals + 1)..], place));
    }

    /// <summary>The document with the value in its place. Unknown keys are left for the binder, which knows the known ones.</summary>
    /// <exception cref="BadInputException">An index that the list does not have.</exception>
    public YamlValue ApplyTo(YamlValue document) => With(document, depth: 0);

    private YamlValue With(YamlValue? value, int depth)
    {
        if (depth == Path.Count) return Value;
        return value switch
        {
            YamlValue.Sequence list => WithItem(list, depth),
            YamlValue.Mapping mapping => WithEntry(mapping, depth),
            YamlValue.Scalar { IsNull: false } preset => WithEntry(Opened(preset), depth),
            _ => WithEntry(new YamlValue.Mapping(Place, []), depth),
        };
    }

    // "augment: hard" and --set ...augment.turn=5 mean: hard, with another turn.
    private static YamlValue.Mapping Opened(YamlValue.Scalar preset) => new(preset.Place, [new YamlEntry(YamlBinder.StartKey, preset.Place, preset)]);

    private YamlValue.Mapping WithEntry(YamlValue.Mapping mapping, int depth)
    {
        var key = Path[depth];
        var before = mapping.Entries.LastOrDefault(entry => entry.Key == key);
        var changed = new YamlEntry(key, before?.KeyPlace ?? Place, With(before?.Value, depth + 1));
        return mapping with { Entries = before is null ? [.. mapping.Entries, changed] : [.. mapping.Entries.Select(entry => entry == before ? changed : entry)] };
    }

    private YamlValue.Sequence WithItem(YamlValue.Sequence list, int depth)
    {
        var parent = string.Join('.', Path.Take(depth));
        if (!int.TryParse(Path[depth], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= list.Items.Count)
            throw new BadInputException($"{Place.Text}: {parent} has {list.Items.Count} entries, {parent}.0 to {parent}.{list.Items.Count - 1}; there is no {parent}.{Path[depth]}.");
        return list with { Items = [.. list.Items.Select((item, at) => at == index ? With(item, depth + 1) : item)] };
    }
}
