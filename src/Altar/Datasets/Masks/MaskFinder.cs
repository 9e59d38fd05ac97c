using Altar.Datasets.Boxes;
using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>Finds the masks of pictures: in a folder, in a COCO file, or where the manifest says.</summary>
internal sealed class MaskFinder
{
    private readonly DataOptions _options;
    private readonly MaskCode _code;
    private readonly ClassNames _names;

    public MaskFinder(DataOptions options)
    {
        (_options, Names) = (options, new ClassNames(options));
        _names = Names;
        _code = new MaskCode(options, Names);
    }

    public ClassNames Names { get; }

    /// <summary>Opens one side of a set.</summary>
    /// <param name="source">Its pictures: a folder, a manifest, or a text list.</param>
    /// <param name="masks">A folder, a COCO file, or a column of the manifest.</param>
    /// <param name="warnings">Receives what was left out.</param>
    /// <exception cref="BadInputException">Pictures or masks cannot be read, or have no partner.</exception>
    public MaskedSet Open(string source, string masks, List<string> warnings)
    {
        var pictures = ListedPictures.Read(source, masks, _options);
        var masked = pictures.All(picture => picture.Mask is not null) ? pictures.Select(picture => Named(picture, picture.Mask!)).ToList()
            : masks.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? OfCoco(source, pictures, masks, warnings)
            : OfFolder(source, pictures, masks);
        return new MaskedSet(source, _names.Classes, masked);
    }

    private MaskedPicture Named(ListedPicture picture, string mask) => File.Exists(mask)
        ? new MaskedPicture(picture.Path, MaskAt(mask, picture.Path), picture.Group)
        : throw new BadInputException($"{picture.Path}: its mask is not at {mask}. Paths are absolute or relative to the manifest: mend it, or remove the line.");

    private List<MaskedPicture> OfFolder(string source, IReadOnlyList<ListedPicture> pictures, string folder)
    {
        var pattern = _options.MaskFiles is { } text ? FilePattern.Parse(text, "mask_files") : null;
        var masks = NamedFiles.In(folder, pattern, IsMask, "mask");
        var found = pictures.Select(picture => (Picture: picture, Mask: NamedFiles.MaskOf(picture.Name, masks))).ToList();
        var used = found.Select(pair => pair.Mask).ToHashSet();
        var lonely = ListedPictures.IsList(source) ? [] : masks.Values.Where(mask => !used.Contains(mask)).ToList();
        RequirePartners(source, folder, pictures.Count, [.. found.Where(pair => pair.Mask is null).Select(pair => pair.Picture.Path)], masks.Count, lonely);
        return [.. found.Select(pair => new MaskedPicture(pair.Picture.Path, MaskAt(pair.Mask!, pair.Picture.Path), pair.Picture.Group))];
    }

    // The file is a list too: pictures that it does not name are not annotated, and are left out.
    private List<MaskedPicture> OfCoco(string source, IReadOnlyList<ListedPicture> pictures, string path, List<string> warnings)
    {
        if (!File.Exists(path)) throw new BadInputException($"data.masks: {path}: no such file. Check the path; it is relative to the current folder.");
        var marked = CocoFile.Read(path);
        var byFile = pictures.ToLookup(picture => Path.GetFileName(picture.Path), StringComparer.Ordinal);
        var found = marked.Select(pair => (Name: pair.Key, Marked: pair.Value, Pictures: byFile[Path.GetFileName(pair.Key)].ToList())).ToList();
        var missing = found.Where(entry => entry.Pictures.Count == 0).Select(entry => entry.Name).ToList();
        if (missing.Count > 0 && !ListedPictures.IsList(source)) throw new BadInputException($"{path}: {missing.Count} of {marked.Count} pictures are not in {source}: {Datasets.Names.Few(missing)}. Add them, or name the folder that has them in data.train.");
        var painter = Painter(path);
        var masked = found
            .SelectMany(entry => entry.Pictures.Select(picture => new MaskedPicture(picture.Path, new ObjectMask($"{path} ({entry.Name})", picture.Path, _ => entry.Marked, painter), picture.Group)))
            .OrderBy(picture => picture.Path, StringComparer.Ordinal)
            .ToList();
        if (masked.Count == 0) throw new BadInputException($"{path}: none of its {marked.Count} pictures is in {source}. Name the folder that has them in data.train.");
        if (masked.Count < pictures.Count) warnings.Add($"{pictures.Count - masked.Count} of {pictures.Count} pictures of {source} are not named in {path} and are left out.");
        return masked;
    }

    private IMaskSource MaskAt(string mask, string picture) => Path.GetExtension(mask).ToLowerInvariant() switch
    {
        ".xml" => new ObjectMask(mask, picture, _ => VocFile.Read(mask), Painter(mask)),
        ".txt" => new ObjectMask(mask, picture, size => TextFile.Read(mask, size), Painter(mask)),
        _ => new PictureMask(mask, picture, _code),
    };

    private ObjectPainter Painter(string where) => new(item => _names.LabelOf(item, where), _options.Boxes, _options.Point);

    private static bool IsMask(string path) =>
        ImageFolder.IsPicture(path) || Path.GetExtension(path).ToLowerInvariant() is ".gif" or ".xml" or ".txt";

    private static void RequirePartners(string source, string folder, int pictures, List<string> withoutMask, int masks, List<string> withoutPicture)
    {
        if (withoutMask.Count + withoutPicture.Count == 0) return;
        List<string> found = [];
        if (withoutMask.Count > 0) found.Add($"{withoutMask.Count} of {pictures} pictures have no mask in {folder}: {Datasets.Names.Few([.. withoutMask.Select(Path.GetFileName)!])}");
        if (withoutPicture.Count > 0) found.Add($"{withoutPicture.Count} of {masks} masks have no picture in {source}: {Datasets.Names.Few([.. withoutPicture.Select(Path.GetFileName)!])}");
        throw new BadInputException($"{string.Join("; ", found)}. A mask has the name of its picture, with any ending, or with _mask, _gt or _label behind it; other names are said by data.image_files and data.mask_files, e.g. \"*_mask.png\". Add what is missing, or remove what is alone; an empty .txt file marks nothing.");
    }
}
