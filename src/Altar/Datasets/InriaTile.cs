using System.Globalization;
using System.Text.RegularExpressions;
using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>A tile of the Inria Aerial Image Labeling benchmark (<see href="https://project.inria.fr/aerialimagelabeling/contest/"/>), as its file name says it: austin12.</summary>
/// <param name="City">The region's prefix, e.g. austin or tyrol-w.</param>
/// <param name="Number">From 1; the benchmark has <see cref="InriaBenchmark.TilesPerCity"/> of each city.</param>
public readonly partial record struct InriaTile(string City, int Number)
{
    /// <summary>Whether it is one of "the first five images of every location", which the benchmark sets aside for validation.</summary>
    public bool IsValidation => Number <= InriaBenchmark.ValidationTiles;

    /// <summary>City and number without a gap.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{City}{Number}");

    /// <summary>Reads the tile from the name of its file.</summary>
    /// <param name="path">The file; its folder and ending do not matter.</param>
    /// <exception cref="BadInputException">The name is not a city and a number.</exception>
    public static InriaTile Of(string path) => TryParse(Path.GetFileNameWithoutExtension(path), out var tile)
        ? tile
        : throw new BadInputException($"{path}: the name is no city with the number of a tile, such as austin12.tif. Rename the file, or move it out of the folder.");

    /// <summary>Reads "austin12": letters, digits, - and _, ending in a number from 1 without leading zeros.</summary>
    /// <param name="name">The name without an ending.</param>
    /// <param name="tile">The tile.</param>
    /// <returns>False if it is something else.</returns>
    public static bool TryParse(string? name, out InriaTile tile)
    {
        tile = default;
        var match = CityAndNumber().Match(name ?? "");
        if (!match.Success || !int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        tile = new InriaTile(match.Groups[1].Value, number);
        return true;
    }

    [GeneratedRegex(@"^([A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z_-])?)([1-9][0-9]*)$")]
    private static partial Regex CityAndNumber();
}
