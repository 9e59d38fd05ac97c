using System.Globalization;
using Altar.Tensors;

namespace Altar.Cli;

/// <summary>Times as people type them.</summary>
internal static class Duration
{
    /// <summary>Reads 90s, 30m, 2h or 1.5h.</summary>
    /// <exception cref="BadInputException">Something else, or not above 0.</exception>
    public static TimeSpan Parse(string text, string option)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return unit > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count > 0
            ? TimeSpan.FromSeconds(count * unit)
            : throw new BadInputException($"{option}: '{text}' is not a time. Write 90s, 30m or 2h.");
    }
}
