using System.Globalization;
using System.Text;

namespace Altar.Reports;

/// <summary>Lines of a CSV file (RFC 4180, one line a row), the same under every culture.</summary>
internal static class CsvRow
{
    public static string Write(params IEnumerable<object> fields) => string.Join(',', fields.Select(Text));

    public static IReadOnlyList<string> Read(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[++i]);
            else if (letter == '"') isQuoted = !isQuoted;
            else if (letter == ',' && !isQuoted) Next();
            else field.Append(letter);
        }

        Next();
        return fields;

        void Next()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }

    private static string Text(object field)
    {
        var text = Convert.ToString(field, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" ");
        return text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
