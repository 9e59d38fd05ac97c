using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Inference;

/// <summary>Pictures without labels: a file, or all that lie below a folder.</summary>
public static class PictureFiles
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    /// <summary>Lists the pictures, without opening them.</summary>
    /// <param name="path">A file, whatever its name ends in; or a folder: its jpg, jpeg, png, webp, bmp, tif and tiff, also in folders below, hidden ones left out, by ordinal order of the path.</param>
    /// <returns>Samples with the label -1. Their paths begin with <paramref name="path"/>.</returns>
    /// <exception cref="BadInputException">There is nothing, or no photos.</exception>
    public static IReadOnlyList<Sample> List(string path)
    {
        if (File.Exists(path)) return [new Sample(path, -1)];
        if (!Directory.Exists(path)) throw new BadInputException($"{path}: no such file or folder; name a photo, or a folder with photos.");

        var files = Directory.EnumerateFiles(path, "*", Below).Where(ImageFolder.IsPicture).Order(StringComparer.Ordinal);
        IReadOnlyList<Sample> samples = [.. files.Select(file => new Sample(file, -1))];
        return samples.Count > 0 ? samples : throw new BadInputException($"{path}: no photos; it or a folder below must hold jpg, png, webp, bmp or tiff files.");
    }
}
