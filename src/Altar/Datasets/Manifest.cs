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
        using var document = ManifestTable.ParseLine(first, $"{path}: line 1");
        return [.. document.RootElement.EnumerateObject().Select(property => property.Name)];
    }

    private static List<LabelledFile> ReadFiles(string path, ManifestColumns columns)
    {
        var table = ManifestTable.Read(path);
        return [.. Enumerable.Range(0, table.Count).Select(row => ToFile(table, row, columns))];
    }

    private static LabelledFile ToFile(ManifestTable table, int row, ManifestColumns columns)
    {
        var picture = table.PictureOf(row, columns.Image);
        var name = table.Find(row, columns.Image);
        var label = table.Get(row, columns.Label, "data.label");
        if (label.Length == 0) throw new BadInputException($"{table.Where(row)}: the label of {name} is empty. Write it, or remove the line.");
        var group = columns.Group is { } column ? table.Get(row, column, "data.group") : null;
        return new LabelledFile(picture, label, string.IsNullOrEmpty(group) ? null : group, $"{table.Where(row)} ({name})");
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    internal static bool IsJsonLines(string path) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);

    /// <summary>Counts and names the pictures that are not there.</summary>
    /// <exception cref="BadInputException">Any is missing.</exception>
    internal static void RequireAllThere(IReadOnlyList<LabelledFile> files)
    {
        var missing = files.Where(file => !File.Exists(file.Path)).ToList();
        if (missing.Count == 0) return;
        var list = Names.Few([.. missing.Select(file => $"{file.Where} is not at {file.Path}")]);
        throw new BadInputException($"{missing.Count} of {files.Count} pictures are missing: {list}. Paths are absolute or relative to the manifest: mend them, or remove these lines.");
    }
}
