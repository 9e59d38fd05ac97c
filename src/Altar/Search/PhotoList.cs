using System.Text.Json;
using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Inference;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>A photo that may be put into an index.</summary>
/// <param name="Image">Its file or key.</param>
/// <param name="Columns">What else is known of it.</param>
/// <param name="ReadHeader">Size and format, without decoding.</param>
/// <param name="Read">The upright picture, from any thread.</param>
public sealed record SourcePhoto(string Image, IReadOnlyDictionary<string, string> Columns, Func<PictureHeader> ReadHeader, Func<ReadOptions, Raster> Read)
{
    /// <summary>A file.</summary>
    /// <param name="path">Its path, which is its image too.</param>
    /// <param name="columns">What else is known of it.</param>
    public static SourcePhoto OfFile(string path, IReadOnlyDictionary<string, string> columns) =>
        new(path, columns, () => RasterReader.ReadHeader(path), options => RasterReader.Read(path, options));

    /// <summary>A sample of a shard: its image is the shard and the key.</summary>
    /// <param name="sample">The sample.</param>
    public static SourcePhoto OfSample(ShardSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return new(sample.Name, sample.Columns, () => RasterReader.ReadHeader(sample.Picture, sample.Name), options => RasterReader.Read(sample.Picture, sample.Name, options));
    }
}

/// <summary>Photos to be indexed, wherever they are listed. They are read in order, some ahead at a time, so that a stream will do.</summary>
/// <param name="Source">Where they come from, for messages.</param>
/// <param name="Count">How many; null where nobody knows before the end.</param>
/// <param name="Photos">The photos.</param>
public sealed record PhotoList(string Source, int? Count, IEnumerable<SourcePhoto> Photos)
{
    /// <summary>The column of a photo from a folder: the name of the folder it lies in.</summary>
    public const string FolderColumn = "folder";

    /// <summary>Lists a photo, the photos below a folder, or those of a manifest or of shards with all their columns.</summary>
    /// <param name="path">A file, a folder, a manifest (.csv, .jsonl), or shards: a folder with an index, http(s)://HOST/PATH or s3://BUCKET/PREFIX.</param>
    /// <param name="imageColumn">The manifest's column with the file, absolute or relative to the manifest. Default "image".</param>
    /// <exception cref="BadInputException">There is nothing, or no photos, or no such column.</exception>
    public static PhotoList Open(string path, string imageColumn = "image")
    {
        if (ShardSet.IsShards(path)) return OfShards(ShardSet.Open(path));
        if (Manifest.IsManifest(path) && !Directory.Exists(path)) return OfManifest(path, imageColumn);
        var samples = PictureFiles.List(path);
        return new PhotoList(path, samples.Count, samples.Select(sample => SourcePhoto.OfFile(sample.Path, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FolderColumn] = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(sample.Path))) ?? "",
        })));
    }

    private static PhotoList OfShards(ShardSet set)
    {
        return new PhotoList(set.Source, set.Count, Samples());

        IEnumerable<SourcePhoto> Samples()
        {
            using (set)
            {
                for (var shard = 0; shard < set.Index.Shards.Count; shard++)
                {
                    foreach (var sample in set.Read(shard)) yield return SourcePhoto.OfSample(sample);
                }
            }
        }
    }

    private static PhotoList OfManifest(string path, string imageColumn)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such manifest. Check the path; it is relative to the current folder.");
        var folder = Path.GetDirectoryName(path) ?? "";
        List<SourcePhoto> photos = [.. Rows(path, imageColumn).Select(row =>
        {
            row.Values.Remove(imageColumn, out var image);
            if (string.IsNullOrEmpty(image)) throw new BadInputException($"{path}: line {row.Line}: no picture; the column {imageColumn} must name it.");
            return SourcePhoto.OfFile(Path.Combine(folder, image), row.Values);
        })];
        return photos.Count > 0 ? new PhotoList(path, photos.Count, photos) : throw new BadInputException($"{path}: no photos. Write a line for each, with the column {imageColumn}.");
    }

    private static IEnumerable<(int Line, Dictionary<string, string> Values)> Rows(string path, string imageColumn) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? CsvRows(path, imageColumn) : JsonRows(path);

    private static IEnumerable<(int Line, Dictionary<string, string> Values)> CsvRows(string path, string imageColumn)
    {
        IReadOnlyList<string>? header = null;
        foreach (var (line, fields) in CsvReader.Read(path))
        {
            if (header is null)
            {
                header = [.. fields.Select(field => field.Trim())];
                if (!header.Contains(imageColumn)) throw new BadInputException($"{path}: line {line}: no column '{imageColumn}'. There are {Names.Few(header)}; write --image-column {NearestName.Of(imageColumn, header)} if that is meant.");
                continue;
            }

            if (fields.Count != header.Count) throw new BadInputException($"{path}: line {line}: {fields.Count} fields where the header has {header.Count}. Quote fields that contain a comma.");
            yield return (line, header.Zip(fields, (name, field) => (name, field.Trim())).Where(pair => pair.Item2.Length > 0).DistinctBy(pair => pair.name).ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal));
        }
    }

    private static IEnumerable<(int Line, Dictionary<string, string> Values)> JsonRows(string path)
    {
        foreach (var (index, text) in File.ReadLines(path).Index())
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            yield return (index + 1, JsonRow(text, $"{path}: line {index + 1}"));
        }
    }

    // Lists and objects have no place in a column.
    private static Dictionary<string, string> JsonRow(string text, string where)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                .DistinctBy(property => property.Name).ToDictionary(property => property.Name, property => property.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new BadInputException($"{where}: no JSON object. Write one a line, such as {{\"image\": \"1.jpg\", \"category\": \"shoes\"}}.", error);
        }
    }
}
