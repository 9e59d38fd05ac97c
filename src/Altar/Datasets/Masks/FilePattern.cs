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

    /// <returns>Null where the name is another.</returns>
    public string? NameIn(string fileName) =>
        fileName.Length >= Before.Length + After.Length && fileName.StartsWith(Before, StringComparison.Ordinal) && fileName.EndsWith(After, StringComparison.Ordinal)
            ? fileName[Before.Length..^After.Length]
            : null;
}
