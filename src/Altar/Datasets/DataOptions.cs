using Altar.Datasets.Heads;
using Altar.Datasets.Masks;
using Altar.Images;

namespace Altar.Datasets;

/// <summary>Which pictures a run learns from: the recipe's <c>data</c>.</summary>
public sealed record DataOptions
{
    /// <summary>A folder with a folder a class, or a manifest (.csv, .jsonl). Paths are relative to the current folder.</summary>
    public string Train { get; init; } = "";

    /// <summary>The same for validation, or the fraction of <see cref="Train"/> to set apart, in (0, 1); for masked sets also "inria": the first five tiles of each city. Default 0.2.</summary>
    public string Val { get; init; } = "0.2";

    /// <summary>The manifest's column with the path of the picture, absolute or relative to the manifest. Default "image".</summary>
    public string Image { get; init; } = "image";

    /// <summary>The manifest's column with the class. Default "label".</summary>
    public string Label { get; init; } = "label";

    /// <summary>The manifest's column that groups pictures: a group is never on both sides of a split. For a folder of masked pictures, how their names begin: "*_" is all up to the first "_". Default none.</summary>
    public string? Group { get; init; }

    /// <summary>For <c>model.heads</c>: the sets to learn from, each labelled for some of the heads; <see cref="Train"/> is then empty. Default none.</summary>
    public IReadOnlyList<LabelledSetOptions> Sets { get; init; } = [];

    /// <summary>
    /// For <c>model.heads</c>: the sets to validate with; a recipe may write them as a list under <see cref="Val"/>. Default none:
    /// <see cref="Val"/> is a path whose columns the labels of the first of <see cref="Sets"/> name.
    /// </summary>
    public IReadOnlyList<LabelledSetOptions> ValSets { get; init; } = [];

    /// <summary>Samples of shards among which the next one is drawn, at least 1; they wait as coded pictures. Default 4000.</summary>
    public int Buffer { get; init; } = 4000;

    /// <summary>Input shapes, height x width, of which each picture takes the one nearest to its own aspect; they stand above <see cref="Size"/>. Default none.</summary>
    public IReadOnlyList<PixelSize> Shapes { get; init; } = [];

    /// <summary>Input size of the network; 224, or 224x320 for height x width. Default 224.</summary>
    public PixelSize Size { get; init; } = PixelSize.Square(224);

    /// <summary>Threads that decode and augment. 0 (default): one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>The metric that chooses the best checkpoint: logloss, top1 or top5 for classes. Null (default): the task's own, which is logloss for classes.</summary>
    public string? Best { get; init; }

    /// <summary>A generated set to write first, where its folder is not there yet: "products", or "aerial" for a masked set. Default none.</summary>
    public string? Generate { get; init; }

    /// <summary>
    /// Makes it a set for segmentation: a folder of masks (pictures, or .xml and .txt files with boxes) whose names are those of the
    /// pictures, a COCO .json file, or a column of the manifest. Default none: pictures have a class each.
    /// </summary>
    public string? Masks { get; init; }

    /// <summary>The same for <see cref="Val"/> where that is a path. Default: <see cref="Masks"/>.</summary>
    public string? ValMasks { get; init; }

    /// <summary>
    /// The classes of the masks. One name: the class against the background, 0 and 1. Two or more: their numbers from 0; a background
    /// is one of them, named "background". Required with <see cref="Masks"/>.
    /// </summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>What the pixels of mask pictures mean. Default auto.</summary>
    public MaskKind MaskKind { get; init; }

    /// <summary>
    /// For masks in colours: the colour of each of <see cref="Classes"/> as "#rrggbb", and of "ignored" pixels if there are some.
    /// Of a single class every other colour is background. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Colors { get; init; }

    /// <summary>
    /// What boxes and polygons are called in the annotations, and the class that each is, e.g. {RBC: cell}; it may be "background" or "ignored".
    /// Default none: with a single class all of them are that class, else they carry the names of the classes.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }

    /// <summary>What a box becomes in the mask. Default box.</summary>
    public BoxShape Boxes { get; init; }

    /// <summary>A point becomes a square of twice this many pixels a side, at least 1. Default 8 (Steller sea lions, 2nd place).</summary>
    public int Point { get; init; } = 8;

    /// <summary>Which files of the folder are pictures, e.g. "*_test.jpg"; what the star stands for is the name that the mask shares. Default: all pictures.</summary>
    public string? ImageFiles { get; init; }

    /// <summary>Which files of the masks' folder are masks, e.g. "*_mask.gif". Default: all, with or without the endings _mask, _gt, _label.</summary>
    public string? MaskFiles { get; init; }

    /// <summary>Part of a picture, in its own pixels, that becomes one input of <see cref="Size"/>; 384, or 384x512 for height x width. Default: the whole picture.</summary>
    public PixelSize? Crop { get; init; }

    /// <summary>Crops of each training picture in an epoch, at least 1. Default 1.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Crops of each validation picture: so many evenly spread tiles of the grid that covers it; 0 for all. Default 16.</summary>
    public int ValSamples { get; init; } = 16;

    /// <summary>Share of the training crops that are placed near an object of a class drawn with equal chance, 0 to 1. Default 0.</summary>
    public double Objects { get; init; }
}
