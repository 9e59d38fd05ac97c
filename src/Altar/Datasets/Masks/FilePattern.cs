using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>Which files of a folder belong together: a name with one star; what the star stands for is the name they share.</summary>
internal sealed record FilePattern(string Before, string After)
{
    /// <summary>Reads "*_mask.gif".</summary>
    /// <exception cref="BadInputException">There is not exactly one star.</exception>
    public static FilePattern Parse(string text, string key)
    {
        var parts = text.Split('*');
        return parts.Length == 2 ? new FilePattern(parts[0], parts[1]) : throw new BadInputException($"data.{key}: '{text}' needs exactly one star, for the name that picture and mask share, e.g. *_mask.png.");
    }

    /// <summary>What the star stands for where anything may follow: the text up to the first place that goes on as the pattern does.</summary>
    /// <returns>Null where the name is another.</returns>
    public string? StartIn(string name)
    {
        if (!name.StartsWith(Before, StringComparison.Ordinal)) return null;
        var end = After.Length == 0 ? name.Length : name.IndexOf(After, Before.Length, StringComparison.Ordinal);
        return end < 0 ? null : name[Before.Length..end];
    }

    /// <returns>Null where the name is another.</returns>
    public string? NameIn(string fileName) =>
        fileName.Length >= Before.Length + After.Length && fileName.StartsWith(Before, StringComparison.Ordinal) && fileName.EndsWith(After, StringComparison.Ordinal)
            ? fileName[Before.Length..^After.Length]
            : null;
}
