using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>A tile and where it lies.</summary>
/// <param name="Tile">City and number.</param>
/// <param name="Path">The file.</param>
public readonly record struct InriaFile(InriaTile Tile, string Path);

/// <summary>A folder of tiles: tif, tiff and png files named CITY and NUMBER. Anything else in it is passed over.</summary>
public static class InriaFolder
{
    private static readonly string[] Endings = [".tif", ".tiff", ".png"];
    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    /// <summary>Lists the tiles, city by city and by number, without opening them.</summary>
    /// <param name="folder">The folder; those below it are not looked into.</param>
    /// <exception cref="BadInputException">No such folder, no tiles, a name that is no city and number, or a tile that is there twice.</exception>
    public static IReadOnlyList<InriaFile> List(string folder)
    {
        if (!Directory.Exists(folder)) throw new BadInputException($"{folder}: no such folder. Name one that holds tiles such as austin1.tif.");
        var files = Directory.EnumerateFiles(folder, "*", Visible).Where(IsTile).Select(path => new InriaFile(InriaTile.Of(path), path)).ToList();
        if (files.Count == 0) throw new BadInputException($"{folder}: no tif or png. The folder must hold tiles such as austin1.tif.");

        var twice = files.GroupBy(file => file.Tile).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new BadInputException($"{folder}: the tile {twice.Key} is there as {string.Join(" and ", twice.Select(file => Path.GetFileName(file.Path)).Order(StringComparer.Ordinal))}. Keep one.");

        return [.. files.OrderBy(file => file.Tile.City, StringComparer.Ordinal).ThenBy(file => file.Tile.Number)];
    }

    private static bool IsTile(string path) => Endings.Contains(Path.GetExtension(path).ToLowerInvariant());
}
