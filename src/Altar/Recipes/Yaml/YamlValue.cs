namespace Altar.Recipes.Yaml;

/// <summary>A YAML document as immutable values that know their place.</summary>
internal abstract record YamlValue(Place Place)
{
    /// <summary>A text, number, switch or null.</summary>
    public sealed record Scalar(Place Place, string Text, bool IsQuoted) : YamlValue(Place)
    {
        public bool IsNull => !IsQuoted && Text is "" or "~" or "null";
    }

    /// <summary>A list.</summary>
    public sealed record Sequence(Place Place, IReadOnlyList<YamlValue> Items) : YamlValue(Place);

    /// <summary>Keys and their values, as written: a key may occur twice, which the binder reports.</summary>
    public sealed record Mapping(Place Place, IReadOnlyList<YamlEntry> Entries) : YamlValue(Place);
}

/// <summary>A line of a mapping.</summary>
internal sealed record YamlEntry(string Key, Place KeyPlace, YamlValue Value);
