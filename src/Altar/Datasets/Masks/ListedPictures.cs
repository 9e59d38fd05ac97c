using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>A picture by the name that its mask shares, before the mask is found.</summary>
/// <param name="Name">The shared name.</param>
/// <param name="Path">The file.</param>
/// <param name="Group">What must stay on one side of a split, or null.</param>
/// <param name="Mask">The mask's file, where the list names it.</param>
internal readonly record struct ListedPicture(string Name, string Path, string? Group, string? Mask);

/// <summary>The pictures of a masked set.</summary>
internal static class ListedPictures
{
    // Where Pascal VOC and others keep the pictures that a list of names means.
    private static readonly string[] PictureFolders = ["", "images", "JPEGImages", "../images", "../JPEGImages", "../../JPEGImages"];

    private static readonly string[] Endings = ["", ".jpg", ".png", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"];

    /// <summary>Whether the source is a list that may leave masks unused, rather than a folder in which everything must fit.</summary>
    public static bool IsList(string source) => Manifest.IsManifest(source) || IsText(source);

    /// <summary>Reads a folder, a manifest, or a text file with a name a line.</summary>
    /// <param name="source">Where.</param>
    /// <param name="masks">The recipe's masks: a path, or a column of the manifest.</param>
    /// <param name="options">The recipe's data.</param>
    /// <exception cref="BadInputException">It cannot be read, or it is empty.</exception>
    public static IReadOnlyList<ListedPicture> Read(string source, string masks, DataOptions options)
    {
        if (Manifest.IsManifest(source)) return OfManifest(source, masks, options);
        var groups = options.Group is { } group ? FilePattern.Parse(group, "group") : null;
        if (IsText(source)) return OfText(source, groups);
        if (File.Exists(source)) throw new BadInputException($"{source}: neither a folder nor a list. Name a folder of pictures, a manifest (.csv, .jsonl), or a text file (.txt) with a picture a line.");
        var pattern = options.ImageFiles is { } text ? FilePattern.Parse(text, "image_files") : null;
        return [.. NamedFiles.In(source, pattern, ImageFolder.IsPicture, "picture").Select(pair => new ListedPicture(pair.Key, pair.Value, GroupOf(pair.Value, groups), null))];
    }

    // Sixteen views of a car, or tiles of a scene, are told by how their names begin.
    private static string? GroupOf(string path, FilePattern? groups) => groups?.StartIn(Path.GetFileNameWithoutExtension(path));

    private static bool IsText(string path) => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<ListedPicture> OfManifest(string source, string masks, DataOptions options)
    {
        var columns = Manifest.ColumnsOf(source);
        var isColumn = columns.Contains(masks);
        if (!isColumn && !Path.Exists(masks)) throw new BadInputException($"data.masks: '{masks}' is neither a path nor a column of {source}. Its columns are {Names.Few([.. columns])}.");

        // The mask takes the label's place: a text a picture.
        var set = Manifest.Open(source, new ManifestColumns(options.Image, isColumn ? masks : options.Image, options.Group));
        var folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        return [.. set.Samples.Select(sample => new ListedPicture(
            Path.GetFileNameWithoutExtension(sample.Path), sample.Path, sample.Group, isColumn ? Path.Combine(folder, set.Classes[sample.Label]) : null))];
    }

    private static IReadOnlyList<ListedPicture> OfText(string source, FilePattern? groups)
    {
        if (!File.Exists(source)) throw new BadInputException($"{source}: no such list. Check the path; it is relative to the current folder.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        var names = File.ReadLines(source).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (names.Count == 0) throw new BadInputException($"{source}: the list is empty. Write a picture a line.");
        var found = names.Select(name => (Name: name, Path: Find(folder, name))).ToList();
        var missing = found.Where(picture => picture.Path is null).Select(picture => picture.Name).ToList();
        if (missing.Count > 0) throw new BadInputException($"{source}: {missing.Count} of {names.Count} pictures are missing: {Names.Few(missing)}. They are looked for beside the list, and in images and JPEGImages there or one folder up.");
        return [.. found.Select(picture => new ListedPicture(Path.GetFileNameWithoutExtension(picture.Path!), picture.Path!, GroupOf(picture.Path!, groups), null))];
    }

    private static string? Find(string folder, string name) =>
        (from place in PictureFolders
         from ending in Endings
         select Path.GetFullPath(Path.Combine(folder, place, name + ending))).FirstOrDefault(path => File.Exists(path) && ImageFolder.IsPicture(path));
}
