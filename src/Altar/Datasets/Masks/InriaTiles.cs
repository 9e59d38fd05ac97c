using System.Globalization;
using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>The naming of the Inria Aerial Image Labeling set: <c>austin1.tif</c> to <c>austin36.tif</c>, and so on for each city.</summary>
/// <remarks>Maggiori et al. 2017, https://project.inria.fr/aerialimagelabeling/contest/: "we suggest to remove the first five images of every location for validation".</remarks>
public static class InriaTiles
{
    /// <summary>Tiles of a city that validate: 1 to 5.</summary>
    public const int ValidationTiles = 5;

    /// <summary>City and number of a tile.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>Null where the name is no city with a number behind it.</returns>
    public static (string City, int Number)? Parse(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var city = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return city.Length > 0 && int.TryParse(name.AsSpan(city.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (city, number) : null;
    }

    /// <summary>The split that the benchmark suggests.</summary>
    /// <param name="paths">The tiles of all cities.</param>
    /// <returns>For each tile, whether it validates.</returns>
    /// <exception cref="BadInputException">A name is no tile's, or a city lacks one of its five validation tiles or has no other.</exception>
    public static bool[] Split(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var tiles = paths.Select(path => Parse(path) ?? throw new BadInputException($"{path}: no tile of a city. The split inria needs names such as austin1.tif to austin36.tif; write a fraction in data.val for other names.")).ToList();
        foreach (var city in tiles.GroupBy(tile => tile.City, tile => tile.Number))
        {
            var missing = Enumerable.Range(1, ValidationTiles).Except(city).Select(number => $"{city.Key}{number}").ToList();
            if (missing.Count > 0) throw new BadInputException($"{city.Key}: the city has no {string.Join(", ", missing)}, and its tiles 1 to {ValidationTiles} validate. Add them, remove the city, or write a fraction in data.val.");
            if (city.All(number => number <= ValidationTiles)) throw new BadInputException($"{city.Key}: the city has no tile to learn from, only {ValidationTiles} that validate. Add {city.Key}{ValidationTiles + 1} and more, or remove the city.");
        }

        return [.. tiles.Select(tile => tile.Number <= ValidationTiles)];
    }
}
