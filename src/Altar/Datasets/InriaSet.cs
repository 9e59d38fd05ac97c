using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>The benchmark on disk: <c>train/{images,gt}</c> and <c>test/images</c>, split as its authors say: the first five tiles of every city validate, the others train.</summary>
/// <param name="Root">The folder with <c>train</c> and <c>test</c>.</param>
/// <param name="Train">Tiles from the sixth, with masks.</param>
/// <param name="Val">The tiles 1 to 5 of each city, with masks.</param>
/// <param name="Test">Images without masks; none where there is no <c>test/images</c>.</param>
public sealed record InriaSet(string Root, IReadOnlyList<InriaPair> Train, IReadOnlyList<InriaPair> Val, IReadOnlyList<InriaFile> Test)
{
    /// <summary>The folder that the published archive unpacks to.</summary>
    public const string ArchiveFolder = "AerialImageDataset";

    /// <summary>Opens the layout and looks at the header of each training file; pixels are not read.</summary>
    /// <param name="path">The folder with <c>train</c> and <c>test</c>, or the one above its <see cref="ArchiveFolder"/>.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="BadInputException">A folder or partner is missing, a city lacks validation tiles, image and mask differ in size, a mask is not one band of 8 bits, or nothing is left to train on.</exception>
    public static InriaSet Open(string path, CancellationToken cancel = default)
    {
        var root = RootOf(path);
        var pairs = InriaPair.Match(Path.Combine(root, "train", "images"), Path.Combine(root, "train", "gt"));
        foreach (var city in pairs.GroupBy(pair => pair.Tile.City)) RequireValidation(city.Key, [.. city.Select(pair => pair.Tile.Number)], root);
        var train = pairs.Where(pair => !pair.Tile.IsValidation).ToList();
        if (train.Count == 0) throw new BadInputException($"{root}: every city has its five validation tiles only; nothing is left to train on. Add tiles from the sixth, such as {pairs[0].Tile.City}6.tif.");
        foreach (var pair in pairs)
        {
            cancel.ThrowIfCancellationRequested();
            RequireFit(pair);
        }

        var test = Path.Combine(root, "test", "images");
        return new InriaSet(root, train, [.. pairs.Where(pair => pair.Tile.IsValidation)], Directory.Exists(test) ? InriaFolder.List(test) : []);
    }

    private static string RootOf(string path)
    {
        foreach (var root in (string[])[path, Path.Combine(path, ArchiveFolder)])
        {
            if (Directory.Exists(Path.Combine(root, "train", "images")) && Directory.Exists(Path.Combine(root, "train", "gt"))) return root;
        }

        throw new BadInputException($"{path}: no train/images with train/gt. The layout is train/images, train/gt and test/images, with tiles such as austin1.tif.");
    }

    private static void RequireValidation(string city, HashSet<int> numbers, string root)
    {
        List<string> missing = [.. Enumerable.Range(1, InriaBenchmark.ValidationTiles).Where(number => !numbers.Contains(number)).Select(number => new InriaTile(city, number).ToString())];
        if (missing.Count == 0) return;
        throw new BadInputException($"{root}: {city} lacks {string.Join(", ", missing)}. The tiles 1 to 5 of each city are the validation set: add them, or move {city} away.");
    }

    private static void RequireFit(InriaPair pair)
    {
        var (image, mask) = (InriaMask.SizeOf(pair.Path), InriaMask.CheckHeader(pair.Mask));
        if (image != mask) throw InriaMask.SizesDiffer(pair.Path, image, pair.Mask, mask);
    }
}
