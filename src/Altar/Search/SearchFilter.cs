using Altar.Tensors;

namespace Altar.Search;

/// <summary>Which photos may be found: those that have, in each column named, one of the values given for it.</summary>
/// <param name="Columns">Column and its allowed values.</param>
public sealed record SearchFilter(IReadOnlyDictionary<string, IReadOnlySet<string>> Columns)
{
    /// <summary>Reads <c>column=value</c>; a column that is named twice may have either value.</summary>
    /// <param name="texts">The conditions.</param>
    /// <returns>Null where there is no condition.</returns>
    /// <exception cref="BadInputException">A text has no column or no equals sign.</exception>
    public static SearchFilter? Parse(IReadOnlyCollection<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0) return null;
        var pairs = texts.Select(text => text.Split('=', 2) is [{ Length: > 0 } column, var value]
            ? (Column: column, Value: value)
            : throw new BadInputException($"--filter: '{text}' is no condition; write column=value, e.g. category=shoes."));
        return new SearchFilter(pairs.GroupBy(pair => pair.Column).ToDictionary(
            group => group.Key, IReadOnlySet<string> (group) => group.Select(pair => pair.Value).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal));
    }
}
