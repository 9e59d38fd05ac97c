using System.Text;
using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>One row of a CSV file.</summary>
/// <param name="Line">The line it starts on, from 1.</param>
/// <param name="Fields">Its fields, without quotes.</param>
public readonly record struct CsvRow(int Line, IReadOnlyList<string> Fields);

/// <summary>Reads comma-separated values as RFC 4180 defines them: quoted fields may hold commas, doubled quotes and line ends.</summary>
public static class CsvReader
{
    /// <summary>Reads a file row by row; empty lines are left out, a byte-order mark too, both kinds of line ends are taken.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <exception cref="BadInputException">A quote is never closed.</exception>
    public static IEnumerable<CsvRow> Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        foreach (var row in Read(reader, path)) yield return row;
    }

    /// <summary>Reads rows from a text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="BadInputException">A quote is never closed.</exception>
    public static IEnumerable<CsvRow> Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var line = 0;
        while (reader.ReadLine() is { } text)
        {
            var start = ++line;
            while (HasOpenQuote(text))
            {
                var next = reader.ReadLine() ?? throw new BadInputException($"{name}: line {start}: a quote is opened and never closed. Close it, or double it (\"\") where it is meant as a character.");
                text += '\n' + next;
                line++;
            }

            if (text.Length > 0) yield return new CsvRow(start, Split(text));
        }
    }

    // A doubled quote counts twice, so the parity tells whether the field is still open.
    private static bool HasOpenQuote(string text) => text.AsSpan().Count('"') % 2 == 1;

    private static List<string> Split(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(letter);
        }

        fields.Add(field.ToString());
        return fields;
    }
}
