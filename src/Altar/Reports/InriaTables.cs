using System.Text.Json;
using Altar.Datasets;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>The Inria protocol as files.</summary>
public static class InriaTables
{
    private static readonly string[] ScoreColumns = ["iou", "accuracy", "intersection", "union", "buildings", "pixels"];

    /// <summary>Writes a row a city and one named <c>overall</c>: tiles, IoU and accuracy in percent, and the counts behind them. An unknown IoU is empty.</summary>
    /// <param name="path">The CSV file.</param>
    /// <param name="scores">The scores.</param>
    public static void WriteCities(string path, InriaScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var rows = scores.Cities.Append(new InriaCityScore("overall", scores.Tiles.Count, scores.Overall));
        Write(path, ["city", "tiles", .. ScoreColumns], rows.Select(city => (object[])[city.Name, city.Tiles, .. Fields(city.Score)]));
    }

    /// <summary>Writes a row a tile, to find the worst ones.</summary>
    /// <param name="path">The CSV file.</param>
    /// <param name="scores">The scores.</param>
    public static void WriteTiles(string path, InriaScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Write(path, ["tile", "city", .. ScoreColumns], scores.Tiles.Select(tile => (object[])[tile.Tile, tile.Tile.City, .. Fields(tile.Score)]));
    }

    /// <summary>Writes <c>train.csv</c> and <c>val.csv</c> with the columns image, mask and city. Paths are relative to the folder.</summary>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="set">The benchmark.</param>
    /// <returns>Both files.</returns>
    public static (string Train, string Val) WriteManifests(string folder, InriaSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var (train, val) = (Path.Combine(folder, "train.csv"), Path.Combine(folder, "val.csv"));
        WriteManifest(train, set.Train);
        WriteManifest(val, set.Val);
        return (train, val);
    }

    /// <summary>Reads what <c>altar inria evaluate --json</c> printed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the entry is called.</param>
    /// <exception cref="BadInputException">The file is not there, or is something else.</exception>
    public static InriaEntry ReadScores(string path, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var cities = document.RootElement.GetProperty("cities").EnumerateObject().ToDictionary(city => city.Name, city => Shares(city.Value));
            var known = cities.Values.Select(city => city.IoU).Where(double.IsFinite).DefaultIfEmpty(double.NaN);
            return new InriaEntry(name, Shares(document.RootElement.GetProperty("overall")), known.Average()) { Cities = cities };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: the scores cannot be read: {error.Message} Write them with altar inria evaluate --pred DIR --gt DIR --json > {path}", error);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BadInputException($"{path}: no scores with cities and overall. Write them with altar inria evaluate --pred DIR --gt DIR --json > {path}", error);
        }
    }

    private static InriaShares Shares(JsonElement scores) => new(Share(scores.GetProperty("iou")), Share(scores.GetProperty("accuracy")));

    private static double Share(JsonElement share) => share.ValueKind == JsonValueKind.Null ? double.NaN : share.GetDouble();

    private static IEnumerable<object> Fields(InriaScore score) =>
        [double.IsNaN(score.IoU) ? "" : score.IoU, score.Accuracy, score.Intersection, score.Union, score.Buildings, score.Pixels];

    private static void WriteManifest(string path, IReadOnlyList<InriaPair> pairs)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Write(path, ["image", "mask", "city"], pairs.Select(pair => (object[])[Path.GetRelativePath(folder, pair.Path), Path.GetRelativePath(folder, pair.Mask), pair.Tile.City]));
    }

    private static void Write(string path, IEnumerable<object> header, IEnumerable<object[]> rows) =>
        AtomicFile.WriteText(path, string.Concat(rows.Select(row => CsvLine.Write(row)).Prepend(CsvLine.Write(header)).Select(line => line + "\n")));
}
