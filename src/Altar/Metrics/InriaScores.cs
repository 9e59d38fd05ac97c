using Altar.Datasets;

namespace Altar.Metrics;

/// <summary>The score of one tile.</summary>
/// <param name="Tile">City and number.</param>
/// <param name="Score">Its counts.</param>
public readonly record struct InriaTileScore(InriaTile Tile, InriaScore Score);

/// <summary>The score of a city: its tiles' counts summed.</summary>
/// <param name="Name">The city.</param>
/// <param name="Tiles">How many tiles.</param>
/// <param name="Score">The counts of all.</param>
public readonly record struct InriaCityScore(string Name, int Tiles, InriaScore Score);

/// <summary>Scores of the benchmark: each city, and overall.</summary>
/// <param name="Cities">By ordinal order of the name.</param>
/// <param name="Tiles">Each tile, city by city and by number.</param>
public sealed record InriaScores(IReadOnlyList<InriaCityScore> Cities, IReadOnlyList<InriaTileScore> Tiles)
{
    /// <summary>The pixels of all cities together: the overall IoU is not the mean of the cities' IoU.</summary>
    public InriaScore Overall => Sum(Tiles);

    /// <summary>Mean of the cities' IoU in percent, those without a building on either side left out: a small city counts as much as a large one.</summary>
    public double MeanOfCities => Cities.Select(city => city.Score.IoU).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Sums tiles.</summary>
    /// <param name="tiles">In any order.</param>
    public static InriaScores From(IEnumerable<InriaTileScore> tiles)
    {
        InriaTileScore[] ordered = [.. tiles.OrderBy(tile => tile.Tile.City, StringComparer.Ordinal).ThenBy(tile => tile.Tile.Number)];
        return new InriaScores([.. ordered.GroupBy(tile => tile.Tile.City).Select(city => new InriaCityScore(city.Key, city.Count(), Sum(city)))], ordered);
    }

    private static InriaScore Sum(IEnumerable<InriaTileScore> tiles) => tiles.Aggregate(default(InriaScore), (sum, tile) => sum.Plus(tile.Score));
}
