using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>The split that the Inria Aerial Image Labeling benchmark suggests, see <see cref="InriaTile"/>.</summary>
internal static class InriaTiles
{
    /// <summary>The first five tiles of each city validate.</summary>
    /// <param name="paths">The tiles of all cities.</param>
    /// <returns>For each tile, whether it validates.</returns>
    /// <exception cref="BadInputException">A name is no tile's, or a city lacks one of its five validation tiles or has no other.</exception>
    public static bool[] Split(IReadOnlyList<string> paths)
    {
        var tiles = paths.Select(InriaTile.Of).ToList();
        foreach (var city in tiles.GroupBy(tile => tile.City))
        {
            var missing = Enumerable.Range(1, InriaBenchmark.ValidationTiles).Select(number => new InriaTile(city.Key, number)).Except(city).ToList();
            if (missing.Count > 0) throw new BadInputException($"{city.Key}: the city has no {string.Join(", ", missing)}, and its tiles 1 to {InriaBenchmark.ValidationTiles} validate. Add them, remove the city, or write a fraction in data.val.");
            if (city.All(tile => tile.IsValidation)) throw new BadInputException($"{city.Key}: the city has no tile to learn from, only {InriaBenchmark.ValidationTiles} that validate. Add {new InriaTile(city.Key, InriaBenchmark.ValidationTiles + 1)} and more, or remove the city.");
        }

        return [.. tiles.Select(tile => tile.IsValidation)];
    }
}
