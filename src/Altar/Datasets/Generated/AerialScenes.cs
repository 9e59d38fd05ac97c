using Altar.Datasets.Generated.Aerial;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Generated;

/// <summary>
/// Views from above with roofs of many shapes and colours, roads, courts, cars, trees and shadows, and masks of the buildings, in the layout
/// of the Inria Aerial Image Labeling set. Whatever colour a roof has, something on the ground has it too: shape and surroundings tell them apart.
/// </summary>
public static class AerialScenes
{
    /// <summary>The folder of the training pictures below the set's.</summary>
    public static string TrainImages { get; } = Path.Combine("train", "images");

    /// <summary>The folder of their masks.</summary>
    public static string TrainMasks { get; } = Path.Combine("train", "gt");

    /// <summary>Draws one tile.</summary>
    /// <param name="city">Its city: what its tiles have in common.</param>
    /// <param name="number">Its number in the city.</param>
    /// <param name="size">Its size in pixels of 0.3 metres.</param>
    /// <param name="seed">The same seed gives the same tile on the same machine.</param>
    /// <returns>The picture, and its mask: 255 where a building stands, else 0.</returns>
    public static (Raster Picture, Mask Mask) Draw(string city, int number, PixelSize size, Seed seed)
    {
        var ofCity = seed.For(city);
        return AerialScene.Draw(size, AerialStyle.Draw(ofCity), ofCity.For(number));
    }

    /// <summary>Writes <c>train/images</c>, <c>train/gt</c>, <c>test/images</c> and, what the original keeps back, <c>test/gt</c>, with tiles named <c>city1.tif</c> and so on.</summary>
    /// <param name="folder">Where to; it is made.</param>
    /// <param name="seed">The same seed gives the same tiles on the same machine.</param>
    /// <param name="options">Cities, tiles, size and writers; null for the defaults.</param>
    /// <param name="cancel">Ends the work between two tiles.</param>
    /// <exception cref="BadInputException">An option is outside of its range.</exception>
    public static void Write(string folder, Seed seed, AerialScenesOptions? options = null, CancellationToken cancel = default)
    {
        options = (options ?? new()).Validated();
        var tiles = Tiles("train", options.Cities, options.Tiles).Concat(Tiles("test", options.TestCities, options.TestTiles)).ToList();
        foreach (var side in tiles.Select(tile => tile.Side).Distinct())
            foreach (var kind in (string[])["images", "gt"]) Directory.CreateDirectory(Path.Combine(folder, side, kind));
        Parallel.ForEach(tiles, Threads.Limit(options.Threads, cancel), tile =>
        {
            var (picture, mask) = Draw(tile.City, tile.Number, options.Size, seed);
            options.WritePicture(Path.Combine(folder, tile.Side, "images", $"{tile.City}{tile.Number}.tif"), picture);
            options.WriteMask(Path.Combine(folder, tile.Side, "gt", $"{tile.City}{tile.Number}.tif"), mask);
        });
    }

    private static IEnumerable<(string Side, string City, int Number)> Tiles(string side, IReadOnlyList<string> cities, int count) =>
        from city in cities from number in Enumerable.Range(1, count) select (side, city, number);
}
