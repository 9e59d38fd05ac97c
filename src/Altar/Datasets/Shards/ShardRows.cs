using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>What is to be written into shards: pictures and their columns.</summary>
public sealed class ShardRows
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Func<int, string> _pathOf;
    private readonly Func<int, IEnumerable<(string Column, string Text)>> _cellsOf;

    private ShardRows(string source, int count, Func<int, string> pathOf, Func<int, IEnumerable<(string Column, string Text)>> cellsOf) =>
        (Source, Count, _pathOf, _cellsOf) = (source, count, pathOf, cellsOf);

    /// <summary>The manifest or folder.</summary>
    public string Source { get; }

    /// <summary>Number of pictures.</summary>
    public int Count { get; }

    /// <summary>Opens a manifest with all of its columns, or a folder with a folder a class, whose columns are image and label.</summary>
    /// <param name="path">The manifest or folder.</param>
    /// <param name="image">The manifest's column with the path of the picture.</param>
    /// <exception cref="BadInputException">It cannot be read, or has no pictures.</exception>
    public static ShardRows Open(string path, string image = "image")
    {
        if (Manifest.IsManifest(path)) return Of(ManifestTable.Read(path), image);
        if (File.Exists(path)) throw new BadInputException($"{path}: neither a folder nor a manifest. Name a folder with a folder a class, or a file that ends in .csv or .jsonl.");
        var set = ImageFolder.Open(path);
        return new ShardRows(path, set.Samples.Count, row => set.Samples[row].Path,
            row => [("image", Path.GetRelativePath(path, set.Samples[row].Path)), ("label", set.Classes[set.Samples[row].Label])]);
    }

    /// <summary>The picture's file.</summary>
    /// <param name="row">The row, from 0.</param>
    public string PathOf(int row) => _pathOf(row);

    /// <summary>The columns that the row has.</summary>
    /// <param name="row">The row, from 0.</param>
    public IEnumerable<(string Column, string Text)> CellsOf(int row) => _cellsOf(row);

    internal byte[] JsonOf(int row)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            foreach (var (column, text) in CellsOf(row)) json.WriteString(column, text);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>A checksum of all rows: writing can go on only with the same list.</summary>
    internal string Fingerprint(ShardOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{options.Bytes} {options.Shuffles} {options.Seed.Value} {Count}\n"));
        for (var row = 0; row < Count; row++)
        {
            hash.AppendData(JsonOf(row));
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ShardRows Of(ManifestTable table, string image)
    {
        if (table.Count == 0) throw new BadInputException($"{table.Path}: no photos. Write a line for each, with the column {image}.");
        _ = table.PictureOf(0, image);   // names the nearest column at once
        var columns = table.Columns;
        return new ShardRows(table.Path, table.Count, row => table.PictureOf(row, image),
            row => columns.Where(column => column.Length > 0 && table.Find(row, column) is not null).Select(column => (column, table.Find(row, column)!)));
    }
}
