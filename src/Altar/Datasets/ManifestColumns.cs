namespace Altar.Datasets;

/// <summary>Which columns of a manifest mean what.</summary>
/// <param name="Image">The path of the picture, absolute or relative to the manifest. Default "image".</param>
/// <param name="Label">The class. Default "label".</param>
/// <param name="Group">What must stay on one side of a split, e.g. the sender. Default none.</param>
public sealed record ManifestColumns(string Image = "image", string Label = "label", string? Group = null)
{
    /// <summary>The columns that the recipe names.</summary>
    /// <param name="options">The recipe's data.</param>
    public static ManifestColumns Of(DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ManifestColumns(options.Image, options.Label, options.Group);
    }
}
