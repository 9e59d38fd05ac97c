using System.Reflection;
using System.Runtime.Serialization;

namespace Altar.Recipes.Yaml;

/// <summary>How properties and enum members are called in YAML, and which known name a misspelt one meant.</summary>
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

    /// <summary>The known name with the fewest letters changed, left out, added or swapped.</summary>
    public static string Nearest(string name, IEnumerable<string> known) => known.MinBy(candidate => Distance(name, candidate)) ?? "";

    // Optimal string alignment: Levenshtein with swapped neighbours.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
