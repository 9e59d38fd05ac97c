using Altar.Recipes.Yaml;
using Altar.Tensors;

namespace Altar.Recipes;

/// <summary>A recipe's text as dotted keys and values, whichever version of Altar wrote it.</summary>
internal static class RecipeSettings
{
    /// <summary>Reads keys such as stages.0.rate with their values, in the order of the text; lists of plain values are one value.</summary>
    /// <exception cref="BadInputException">It is no YAML.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text, string name)
    {
        var settings = new OrderedDictionary<string, string>();
        Collect(YamlReader.File(text, name), "", settings);
        return [.. settings];
    }

    private static void Collect(YamlValue value, string path, OrderedDictionary<string, string> settings)
    {
        switch (value)
        {
            case YamlValue.Mapping mapping:
                foreach (var entry in mapping.Entries) Collect(entry.Value, Join(path, entry.Key), settings);
                break;
            case YamlValue.Sequence sequence when sequence.Items.All(item => item is YamlValue.Scalar):
                settings[path] = $"[{string.Join(", ", sequence.Items.Cast<YamlValue.Scalar>().Select(item => item.Text))}]";
                break;
            case YamlValue.Sequence sequence:
                foreach (var (index, item) in sequence.Items.Index()) Collect(item, Join(path, $"{index}"), settings);
                break;
            case YamlValue.Scalar scalar:
                settings[path] = scalar.Text;
                break;
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
