using System.Reflection;
using System.Runtime.Serialization;

namespace Altar.Recipes.Yaml;

/// <summary>How properties and enum members are called in YAML.</summary>
internal static class KeyNames
{
    /// <summary>The keys of a record: its properties that can be set, in the order of their declaration.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true }).OrderBy(property => property.MetadataToken);

    /// <summary>WeightDecay is weight_decay, Top1 is top1.</summary>
    public static string OfProperty(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    /// <summary>AdamW is adamw; a member whose name has a dash says so with an <see cref="EnumMemberAttribute"/>.</summary>
    public static IReadOnlyList<string> OfMembers(Type type) =>
        [.. Enum.GetNames(type).Select(name => type.GetField(name)!.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? name.ToLowerInvariant())];
}
