using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>Files by the name that a picture shares with its mask.</summary>
internal static class NamedFiles
{
    private static readonly string[] MaskEndings = ["_mask", "-mask", "_gt", "_label", "_labels", "_seg"];

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    /// <summary>Files below a folder by their name: the path below the folder without its ending, or what the star of the pattern stands for.</summary>
    /// <exception cref="BadInputException">No such folder, no such files, or two with one name.</exception>
    public static Dictionary<string, string> In(string folder, FilePattern? pattern, Func<string, bool> isWanted, string what)
    {
        if (!Directory.Exists(folder)) throw new BadInputException($"{folder}: no such folder. Name the folder of the {what}s; it is relative to the current folder.");
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", Below).Where(isWanted).Order(StringComparer.Ordinal))
        {
            if (NameOf(folder, file, pattern) is not { } name) continue;
            if (!files.TryAdd(name, file)) throw new BadInputException($"{folder}: {Path.GetFileName(file)} and {Path.GetFileName(files[name])} are two {what}s of one name. Remove one, or choose with data.{(what == "mask" ? "mask_files" : "image_files")}=\"*{Path.GetExtension(file)}\".");
        }

        return files.Count > 0 ? files : throw new BadInputException($"{folder}: no {what}s{(pattern is null ? "" : $" named {pattern.Before}*{pattern.After}")}. Name the folder that has them.");
    }

    /// <summary>The mask of a picture: of the same name, or with an ending such as _mask.</summary>
    public static string? MaskOf(string name, Dictionary<string, string> masks) =>
        masks.TryGetValue(name, out var mask) ? mask : MaskEndings.Select(ending => masks.GetValueOrDefault(name + ending)).FirstOrDefault(found => found is not null);

    private static string? NameOf(string folder, string file, FilePattern? pattern)
    {
        var relative = Path.GetRelativePath(folder, file).Replace('\\', '/');
        if (pattern is null) return Path.ChangeExtension(relative, null);
        var start = relative.LastIndexOf('/') + 1;
        return pattern.NameIn(relative[start..]) is { } name ? relative[..start] + name : null;
    }
}
