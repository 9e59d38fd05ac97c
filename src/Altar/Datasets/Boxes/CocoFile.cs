using System.Text.Json;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Boxes;

/// <summary>Polygons, run lengths and boxes in COCO's JSON, one file for many pictures (cocodataset.org, format-data).</summary>
public static class CocoFile
{
    /// <summary>Reads a file. An annotation without a segmentation is its box; crowds are ignored pixels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>By the picture's file name, as the file writes it.</returns>
    /// <exception cref="BadInputException">It is no JSON, or an annotation cannot be understood.</exception>
    public static IReadOnlyDictionary<string, MarkedPicture> Read(string path)
    {
        using var document = Parse(path);
        var root = document.RootElement;
        var names = Entries(root, "categories", path).ToDictionary(entry => Id(entry, "id", path), entry => Text(entry, "name", path));
        var marks = Entries(root, "annotations", path).ToLookup(entry => Id(entry, "image_id", path), entry => ToObject(entry, names, path));
        var pictures = new Dictionary<string, MarkedPicture>(StringComparer.Ordinal);
        foreach (var entry in Entries(root, "images", path)) pictures[Text(entry, "file_name", path)] = new MarkedPicture(SizeOf(entry), [.. marks[Id(entry, "id", path)]]);
        return pictures;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonDocument.Parse(file);
        }
        catch (JsonException error)
        {
            throw new BadInputException($"{path}: no valid JSON: {error.Message}", error);
        }
    }

    private static JsonElement.ArrayEnumerator Entries(JsonElement root, string key, string path) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new BadInputException($"{path}: no list '{key}', so this is no COCO file. It needs images, annotations and categories.");

    private static long Id(JsonElement entry, string key, string path) =>
        entry.TryGetProperty(key, out var value) && value.TryGetInt64(out var id) ? id : throw new BadInputException($"{path}: an entry has no number '{key}': {Short(entry)}.");

    private static string Text(JsonElement entry, string key, string path) =>
        entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new BadInputException($"{path}: an entry has no text '{key}': {Short(entry)}.");

    private static PixelSize? SizeOf(JsonElement entry) =>
        entry.TryGetProperty("width", out var width) && entry.TryGetProperty("height", out var height) && width.TryGetInt32(out var w) && height.TryGetInt32(out var h) && w > 0 && h > 0
            ? new PixelSize(w, h)
            : null;

    private static MarkedObject ToObject(JsonElement entry, Dictionary<long, string> names, string path)
    {
        var category = Id(entry, "category_id", path);
        if (!names.TryGetValue(category, out var name)) throw new BadInputException($"{path}: there is no category {category}: {Short(entry)}.");
        var isCrowd = entry.TryGetProperty("iscrowd", out var crowd) && crowd.ValueKind == JsonValueKind.Number && crowd.GetInt32() != 0;
        return Shape(entry, name, path) with { IsIgnored = isCrowd };
    }

    private static MarkedObject Shape(JsonElement entry, string name, string path)
    {
        try
        {
            if (entry.TryGetProperty("segmentation", out var shape))
            {
                if (shape.ValueKind == JsonValueKind.Object) return ToRuns(shape, name);
                if (shape.ValueKind == JsonValueKind.Array && shape.GetArrayLength() > 0) return new MarkedPolygon(name, [.. shape.EnumerateArray().Select(ToRing)]);
            }

            var box = Numbers(entry.GetProperty("bbox"));
            return new MarkedBox(name, box[0], box[1], box[0] + box[2], box[1] + box[3]);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new BadInputException($"{path}: an annotation has neither polygons, run lengths nor a box of four numbers: {Short(entry)}.", error);
        }
    }

    private static MarkedRuns ToRuns(JsonElement shape, string name)
    {
        var counts = shape.GetProperty("counts");
        return new MarkedRuns(name, shape.GetProperty("size")[0].GetInt32(), counts.ValueKind == JsonValueKind.String
            ? CocoRuns.Parse(counts.GetString()!) ?? throw new FormatException("run lengths end early")
            : [.. counts.EnumerateArray().Select(count => count.GetInt64())]);
    }

    private static IReadOnlyList<(double X, double Y)> ToRing(JsonElement ring)
    {
        var numbers = Numbers(ring);
        return numbers.Length >= 6 && numbers.Length % 2 == 0 ? [.. numbers.Chunk(2).Select(point => (point[0], point[1]))] : throw new FormatException("a polygon needs three corners");
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static string Short(JsonElement entry) => entry.GetRawText() is { Length: > 120 } text ? text[..120] + "..." : entry.GetRawText();
}
