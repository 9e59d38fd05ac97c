using Altar.Datasets;
using Altar.Images;
using Altar.Networks;

namespace Altar.Training.Checkpoints;

/// <summary>What is needed to use a checkpoint's weights: <c>model.json</c> beside <c>model.safetensors</c>.</summary>
public sealed record ModelCard
{
    /// <summary>The network and its preprocessing. Its weights are those of the checkpoint.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>Names of the classes, in the order of the outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Input size that the network was last trained with.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>What logits are divided by before the softmax, above 0; <c>altar calibrate</c> chooses it (arXiv:1706.04599). Default 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The manifest's column with the path of the picture.</summary>
    public string ImageColumn { get; init; } = "image";

    /// <summary>The manifest's column with the class.</summary>
    public string LabelColumn { get; init; } = "label";

    /// <summary>Of several heads on one trunk: each head, in the order of the outputs; null (default): one softmax over <see cref="Classes"/>.</summary>
    public IReadOnlyList<HeadCard>? Heads { get; init; }

    /// <summary>Shapes of which each picture takes the one nearest to its own; none (default): all pictures have <see cref="Size"/>.</summary>
    public IReadOnlyList<PixelSize> Shapes { get; init; } = [];

    /// <summary>How masks and crops were read, without the paths of the training data; null (default): a classifier's run.</summary>
    public DataOptions? Data { get; init; }

    /// <summary>Of masks: the part of a picture, in its own pixels, that <see cref="Size"/> showed: the crop, or where pictures were seen whole their median size; null (default): pixels kept their scale.</summary>
    public PixelSize? Part { get; init; }

    /// <summary>Of masks of one class: the probability, in (0, 1), from which on its pixels gave the best IoU on val, once the run has ended; null (default): not known.</summary>
    public double? Threshold { get; init; }
}
