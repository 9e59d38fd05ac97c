using System.Text.Json;
using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>A list of pictures: a CSV file with a header, or JSONL with an object a line.</summary>
public static class Manifest
{
    /// <summary>Whether the name ends in .csv, .jsonl or .ndjson.</summary>
    /// <param name="path">A path or name.</param>
    public static bool IsManifest(string path) => IsCsv(path) || IsJsonLines(path);

    /// <summary>Opens the manifest and sees to it that every picture is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Which columns to read; others are ignored.</param>
    /// <param name="classes">The classes of another set whose order to take. Default: the manifest's own labels by ordinal order.</param>
    /// <exception cref="BadInputException">No such file or column, a row that cannot be read, an empty label, pictures that are not there, or a label that <paramref name="classes"/> lacks.</exception>
    public static PictureSet Open(string path, ManifestColumns columns, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such manifest. Check the path; it is relative to the current folder.");
        var files = ReadFiles(path, columns);
        if (files.Count == 0) throw new BadInputException($"{path}: no photos. Write a line for each, with the columns {columns.Image} and {columns.Label}.");
        RequireAllThere(files);
        return LabelledFile.ToSet(path, files, classes);
    }

    /// <summary>The names of the columns: of a CSV's header, or of the first object.</summary>
    internal static IReadOnlyList<string> ColumnsOf(string path)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such manifest. Check the path; it is relative to the current folder.");
        if (!IsJsonLines(path)) return [.. CsvReader.Read(path).Take(1).SelectMany(row => row.Fields).Select(name => name.Trim())];
        var first = File.ReadLines(path).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        if (first is null) return [];
        using var document = ParseLine(first, $"{path}: line 1");
        return [.. document.RootElement.EnumerateObject().Select(property => property.Name)];
    }

    private static List<LabelledFile> ReadFiles(string path, ManifestColumns columns)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            var rows = IsJsonLines(path) ? ReadJsonLines(path, columns) : ReadCsv(path, columns);
            return [.. rows.Select(row => row.ToFile(path, folder))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: the manifest cannot be read: {error.Message} Make it readable, or name another.", error);
        }
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsJsonLines(string path) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Row(int Line, string Image, string Label, string? Group)
    {
        public LabelledFile ToFile(string manifest, string folder)
        {
            var where = $"{manifest}: line {Line}";
            if (Image.Length == 0) throw new BadInputException($"{where}: the picture's path is empty. Write it, or remove the line.");
            if (Label.Length == 0) throw new BadInputException($"{where}: the label of {Image} is empty. Write it, or remove the line.");
            return new LabelledFile(Path.Combine(folder, Image), Label, string.IsNullOrEmpty(Group) ? null : Group, $"{where} ({Image})");
        }
    }

    private static IEnumerable<Row> ReadCsv(string path, ManifestColumns columns)
    {
        int image = -1, label = -1, group = -1, width = 0;
        foreach (var (line, fields) in CsvReader.Read(path))
        {
            if (width == 0)
            {
                width = fields.Count;
                (image, label) = (Find(columns.Image, "image"), Find(columns.Label, "label"));
                group = columns.Group is { } name ? Find(name, "group") : -1;
                int Find(string column, string key) => IndexOf(fields, column) is var index and >= 0 ? index : throw NoColumn($"{path}: line {line}", column, key, fields);
                continue;
            }

            if (fields.Count != width) throw new BadInputException($"{path}: line {line}: {fields.Count} fields where the header has {width}. Quote fields that contain a comma.");
            yield return new Row(line, fields[image].Trim(), fields[label].Trim(), group < 0 ? null : fields[group].Trim());
        }
    }

    private static int IndexOf(IReadOnlyList<string> header, string column) =>
        header.Index().Where(pair => pair.Item.Trim() == column).Select(pair => pair.Index).FirstOrDefault(-1);

    private static IEnumerable<Row> ReadJsonLines(string path, ManifestColumns columns)
    {
        var line = 0;
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            using var document = ParseLine(text, $"{path}: line {line}");
            var row = document.RootElement;
            yield return new Row(line, Get(columns.Image, "image"), Get(columns.Label, "label"), columns.Group is { } name ? Get(name, "group") : null);

            string Get(string column, string key) => row.TryGetProperty(column, out var value)
                ? (value.ValueKind == JsonValueKind.Null ? "" : value.ToString())
                : throw NoColumn($"{path}: line {line}", column, key, [.. row.EnumerateObject().Select(property => property.Name)]);
        }
    }

    private static JsonDocument ParseLine(string text, string where)
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

    private static BadInputException NoColumn(string where, string column, string key, IReadOnlyList<string> known) => known.Count == 0
        ? new BadInputException($"{where}: no column '{column}'; the row is empty.")
        : new BadInputException($"{where}: no column '{column}'. There are {Names.Few(known)}; set data.{key}={NearestName.Of(column, known)} if that is meant.");

    private static void RequireAllThere(List<LabelledFile> files)
    {
        var missing = files.Where(file => !File.Exists(file.Path)).ToList();
        if (missing.Count == 0) return;
        var list = Names.Few([.. missing.Select(file => $"{file.Where} is not at {file.Path}")]);
        throw new BadInputException($"{missing.Count} of {files.Count} pictures are missing: {list}. Paths are absolute or relative to the manifest: mend them, or remove these lines.");
    }
}
