namespace Altar.Datasets;

/// <summary>What the Inria benchmark fixes (<see href="https://project.inria.fr/aerialimagelabeling/contest/"/>).</summary>
public static class InriaBenchmark
{
    /// <summary>Tiles of each city, in train as in test.</summary>
    public const int TilesPerCity = 36;

    /// <summary>"Remove the first five images of every location from the training set": the tiles 1 to 5 validate.</summary>
    public const int ValidationTiles = 5;

    /// <summary>Width and height of a tile in pixels of 0.3 m.</summary>
    public const int TileSide = 5000;

    /// <summary>The cities of the hidden test masks.</summary>
    public static IReadOnlyList<string> TestCities { get; } = ["bellingham", "bloomington", "innsbruck", "sfo", "tyrol-e"];

    /// <summary>The 180 tiles of a whole submission, city by city.</summary>
    public static IEnumerable<InriaTile> TestTiles() =>
        from city in TestCities from number in Enumerable.Range(1, TilesPerCity) select new InriaTile(city, number);
}
