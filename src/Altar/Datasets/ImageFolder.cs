using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>A folder with a folder a class: <c>photos/cat/1.jpg</c>, <c>photos/dog/2.jpg</c>.</summary>
public static class ImageFolder
{
    private static readonly HashSet<string> Extensions =
        new([".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> SplitNames =
        new(["train", "training", "val", "valid", "validation", "test"], StringComparer.OrdinalIgnoreCase);

    private static readonly EnumerationOptions Visible = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,   // a class that is passed over in silence changes the result
    };

    /// <summary>Whether the name ends like a picture's: jpg, jpeg, png, webp, bmp, tif, tiff, in any case.</summary>
    /// <param name="path">A path or name.</param>
    public static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>Opens the folder. Classes are the names of its folders, by ordinal order; pictures lie anywhere below them; hidden files and lost+found are ignored.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="classes">The classes of another set whose order to take, e.g. of the training pictures. Default: the folder's own.</param>
    /// <exception cref="BadInputException">No folder, one that cannot be read, no photos, photos without class folders, or a class that <paramref name="classes"/> lacks.</exception>
    public static PictureSet Open(string path, IReadOnlyList<string>? classes = null)
    {
        if (!Directory.Exists(path)) throw new BadInputException($"{path}: no such folder. {Layout(path)}");
        var pictures = Listed(path);
        if (pictures.Count == 0) throw new BadInputException($"{path}: no photos. {Layout(path)}");

        var labels = pictures.Select(picture => picture.Label).Distinct().ToList();
        if (labels.All(SplitNames.Contains))
            throw new BadInputException($"{path}: its folders are {string.Join(", ", labels)}, which are no classes. Give them apart: data.train={Path.Combine(path, labels[0])} data.val={Path.Combine(path, labels[^1])}.");
        return LabelledFile.ToSet(path, pictures, classes);
    }

    private static List<LabelledFile> Listed(string path)
    {
        try
        {
            // Every ext4 disk has a lost+found, which only root may read.
            var folders = Directory.GetDirectories(path, "*", Visible).Where(folder => Path.GetFileName(folder) != "lost+found").Order(StringComparer.Ordinal);
            return [.. folders.SelectMany(folder => PicturesBelow(folder).Select(file => new LabelledFile(file, Path.GetFileName(folder), null, file)))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: the folder cannot be read: {error.Message} Make it readable, or move it out of there.", error);
        }
    }

    private static IEnumerable<string> PicturesBelow(string folder)
    {
        var files = Directory.GetFiles(folder, "*", Visible).Where(IsPicture).Order(StringComparer.Ordinal);
        var folders = Directory.GetDirectories(folder, "*", Visible).Order(StringComparer.Ordinal);
        return files.Concat(folders.SelectMany(PicturesBelow));
    }

    private static string Layout(string path) =>
        $"Expected a folder for each class with its photos (jpg, png, webp, bmp, tiff) in it, such as {Path.Combine(path, "cat", "1.jpg")} and {Path.Combine(path, "dog", "2.jpg")}.";
}
