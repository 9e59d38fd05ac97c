namespace Altar.Datasets.Heads;

/// <summary>One of several sets of pictures, and which heads it has labels for: an entry of <c>data.sets</c>.</summary>
public sealed record LabelledSetOptions
{
    /// <summary>A manifest (.csv, .jsonl), or a folder with a folder a class, whose one column is "label".</summary>
    public string Path { get; init; } = "";

    /// <summary>The manifest's column with the path of the picture. Default "image".</summary>
    public string Image { get; init; } = "image";

    /// <summary>Head to column. A head that is not named has no label in this set. At least one.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The set's share of an epoch, relative to the other sets' weights, above 0. Default null: every picture once; all sets have a weight, or none.</summary>
    public double? Weight { get; init; }
}
