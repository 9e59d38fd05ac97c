using Altar.Images;

namespace Altar.Datasets;

/// <summary>Which pictures a run learns from: the recipe's <c>data</c>.</summary>
public sealed record DataOptions
{
    /// <summary>A folder with a folder a class, or a manifest (.csv, .jsonl). Paths are relative to the current folder.</summary>
    public string Train { get; init; } = "";

    /// <summary>The same for validation, or the fraction of <see cref="Train"/> to set apart, in (0, 1). Default 0.2.</summary>
    public string Val { get; init; } = "0.2";

    /// <summary>The manifest's column with the path of the picture, absolute or relative to the manifest. Default "image".</summary>
    public string Image { get; init; } = "image";

    /// <summary>The manifest's column with the class. Default "label".</summary>
    public string Label { get; init; } = "label";

    /// <summary>The manifest's column that groups pictures: a group is never on both sides of a split. Default none.</summary>
    public string? Group { get; init; }

    /// <summary>Input size of the network; 224, or 224x320 for height x width. Default 224.</summary>
    public PixelSize Size { get; init; } = PixelSize.Square(224);

    /// <summary>Threads that decode and augment. 0 (default): one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>The metric that chooses the best checkpoint: logloss, top1 or top5 for classes. Null (default): the task's own, which is logloss for classes.</summary>
    public string? Best { get; init; }

    /// <summary>A generated set to write first, where its folder is not there yet: "products". Default none.</summary>
    public string? Generate { get; init; }
}
