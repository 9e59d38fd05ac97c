using System.Globalization;

namespace Altar.Reports;

/// <summary>Writes lines of a CSV file, the same under every culture. Altar.Datasets.CsvReader reads them.</summary>
internal static class CsvLine
{
    /// <summary>Joins fields; those with a comma or quote are quoted, line ends become spaces.</summary>
    public static string Write(params IEnumerable<object> fields) => string.Join(',', fields.Select(Text));

    private static string Text(object field)
    {
        var text = Convert.ToString(field, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" ");
        return text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
