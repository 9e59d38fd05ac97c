using System.Globalization;
using Altar.Tensors;

namespace Altar.Cli;

/// <summary>Lengths as people type and read them.</summary>
internal static class ByteCount
{
    private static readonly (string Unit, double Bytes)[] Units = [("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("B", 1)];

    /// <summary>Reads 500MB, 1.5GB, 20000 or 20000B; units count by thousands.</summary>
    /// <exception cref="BadInputException">Something else, or not above 0.</exception>
    public static long Parse(string text, string option)
    {
        var (unit, factor) = Units.FirstOrDefault(one => text.EndsWith(one.Unit, StringComparison.OrdinalIgnoreCase), ("", 1));
        return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count * factor is >= 1 and < 1e18
            ? (long)(count * factor)
            : throw new BadInputException($"{option}: '{text}' is no size. Write 500MB or 1GB.");
    }

    /// <summary>1.2 GB, 300 MB.</summary>
    public static string Text(double bytes)
    {
        var (unit, factor) = Units.FirstOrDefault(one => bytes >= one.Bytes, ("B", 1));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor:0.#} {unit}");
    }
}
