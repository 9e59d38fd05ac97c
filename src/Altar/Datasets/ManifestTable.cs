using System.Text.Json;
using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>A manifest with all of its columns as texts: a CSV file with a header, or JSONL with an object a line.</summary>
public sealed class ManifestTable
{
    private readonly List<Row> _rows = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private int _headerLine, _width;

    private ManifestTable(string path) => Path = path;

    private readonly record struct Row(int Line, string?[] Fields);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of the columns, in the order of the header, or of their first occurrence in JSONL.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Keys];

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Reads a manifest; the pictures are not looked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">No such file, or a row that cannot be read.</exception>
    public static ManifestTable Read(string path)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such manifest. Check the path; it is relative to the current folder.");
        var table = new ManifestTable(path);
        try
        {
            if (Manifest.IsJsonLines(path)) table.ReadJsonLines();
            else table.ReadCsv();
            return table;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: the manifest cannot be read: {error.Message} Make it readable, or name another.", error);
        }
    }

    /// <summary>Where a row stands, for messages.</summary>
    /// <param name="row">The row, from 0.</param>
    public string Where(int row) => $"{Path}: line {_rows[row].Line}";

    internal int Line(int row) => _rows[row].Line;

    /// <summary>The text of a cell, without spaces at its ends; a list in JSON with ; between its items (- for an empty one), JSON's null as an empty text.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column.</param>
    /// <returns>Null where the row has no such column.</returns>
    public string? Find(int row, string column) =>
        _columns.TryGetValue(column, out var index) && index < _rows[row].Fields.Length ? _rows[row].Fields[index] : null;

    /// <summary>The text of a cell that must be there.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column.</param>
    /// <param name="key">The key of the recipe that names the column, for the message.</param>
    /// <exception cref="BadInputException">The row has no such column; the message names the nearest.</exception>
    public string Get(int row, string column, string key) => Find(row, column) ?? throw NoColumn(row, column, key);

    /// <summary>The picture of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column with its path, absolute or relative to the manifest.</param>
    /// <exception cref="BadInputException">The row has no such column, or the cell is empty.</exception>
    public string PictureOf(int row, string column)
    {
        var image = Get(row, column, "data.image");
        if (image.Length == 0) throw new BadInputException($"{Where(row)}: the picture's path is empty. Write it, or remove the line.");
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!, image);
    }

    private void ReadCsv()
    {
        foreach (var (line, fields) in CsvReader.Read(Path))
        {
            if (_headerLine == 0)
            {
                (_headerLine, _width) = (line, fields.Count);
                foreach (var (index, name) in fields.Index()) _columns.TryAdd(name.Trim(), index);   // of two with one name the first counts
                continue;
            }

            if (fields.Count != _width) throw new BadInputException($"{Path}: line {line}: {fields.Count} fields where the header has {_width}. Quote fields that contain a comma.");
            _rows.Add(new Row(line, [.. fields.Select(field => field.Trim())]));
        }
    }

    private void ReadJsonLines()
    {
        var line = 0;
        foreach (var text in File.ReadLines(Path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            using var document = ParseLine(text, $"{Path}: line {line}");
            var fields = new string?[_columns.Count];
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!_columns.TryGetValue(property.Name, out var index)) _columns.Add(property.Name, index = _columns.Count);
                if (index >= fields.Length) Array.Resize(ref fields, _columns.Count);
                fields[index] = JsonCell.Text(property.Value);
            }

            _rows.Add(new Row(line, fields));
        }
    }

    internal static JsonDocument ParseLine(string text, string where)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException error)
        {
            throw new BadInputException($"{where}: no valid JSON: {error.Message}", error);
        }

        throw new BadInputException($"{where}: no JSON object. Write one a line, such as {{\"image\": \"1.jpg\", \"label\": \"cat\"}}.");
    }

    private BadInputException NoColumn(int row, string column, string key)
    {
        var where = _headerLine > 0 ? $"{Path}: line {_headerLine}" : Where(row);
        string[] known = [.. Columns.Where(name => Find(row, name) is not null)];
        return known.Length == 0
            ? new BadInputException($"{where}: no column '{column}'; the row is empty.")
            : new BadInputException($"{where}: no column '{column}'. There are {Names.Few(known)}; set {key}={NearestName.Of(column, known)} if that is meant.");
    }
}
