using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>Opens pictures wherever they are listed.</summary>
public static class PictureSource
{
    /// <summary>Opens a folder as <see cref="ImageFolder"/>, a .csv or .jsonl file as <see cref="Manifest"/>.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="options">Names the columns of a manifest.</param>
    /// <param name="classes">The classes whose order to take, e.g. of the training pictures or of a checkpoint. Default: the source's own, by ordinal order.</param>
    /// <exception cref="BadInputException">Neither, or it cannot be read, or it has a label that <paramref name="classes"/> lacks.</exception>
    public static PictureSet Open(string path, DataOptions options, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(path)) throw new BadInputException("data.train is empty. Name a folder with a folder a class, or a manifest (.csv, .jsonl).");
        if (Manifest.IsManifest(path)) return Manifest.Open(path, ManifestColumns.Of(options), classes);
        if (File.Exists(path)) throw new BadInputException($"{path}: neither a folder nor a manifest. Name a folder with a folder a class, or a file that ends in .csv or .jsonl.");
        return ImageFolder.Open(path, classes);
    }
}
