using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>A tile with its true mask.</summary>
/// <param name="Tile">City and number.</param>
/// <param name="Path">The image, or the prediction that is judged.</param>
/// <param name="Mask">The true mask: one band, 255 is building, 0 is not.</param>
public readonly record struct InriaPair(InriaTile Tile, string Path, string Mask)
{
    /// <summary>Joins the files of two folders by their names, endings left aside.</summary>
    /// <param name="folder">The images or predictions.</param>
    /// <param name="masks">The true masks.</param>
    /// <param name="onlyValidation">Takes the tiles 1 to 5 of each city and passes over the others. Default false.</param>
    /// <returns>City by city and by number.</returns>
    /// <exception cref="BadInputException">A folder holds no tiles, or a tile is on one side only.</exception>
    public static IReadOnlyList<InriaPair> Match(string folder, string masks, bool onlyValidation = false)
    {
        var (files, truths) = (List(folder, onlyValidation), List(masks, onlyValidation));
        RequireAllIn(files, truths, masks);
        RequireAllIn(truths, files, folder);
        return [.. files.Zip(truths, (file, truth) => new InriaPair(file.Tile, file.Path, truth.Path))];
    }

    private static IReadOnlyList<InriaFile> List(string folder, bool onlyValidation)
    {
        var files = InriaFolder.List(folder);
        if (!onlyValidation) return files;
        IReadOnlyList<InriaFile> few = [.. files.Where(file => file.Tile.IsValidation)];
        return few.Count > 0 ? few : throw new BadInputException($"{folder}: none of its {files.Count} tiles is a validation tile. Those are numbered 1 to 5, such as {files[0].Tile.City}1.");
    }

    private static void RequireAllIn(IReadOnlyList<InriaFile> files, IReadOnlyList<InriaFile> others, string otherFolder)
    {
        var known = others.Select(file => file.Tile).ToHashSet();
        List<InriaFile> alone = [.. files.Where(file => !known.Contains(file.Tile))];
        if (alone.Count == 0) return;
        var names = Names.Few([.. alone.Select(file => System.IO.Path.GetFileName(file.Path))]);
        throw new BadInputException(
            $"{System.IO.Path.GetDirectoryName(alone[0].Path)}: {alone.Count} of {files.Count} tiles have no partner of the same name in {otherFolder}: {names}. Add the missing files, or move these away.");
    }
}
