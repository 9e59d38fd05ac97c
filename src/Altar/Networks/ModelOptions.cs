using Altar.Images;

namespace Altar.Networks;

/// <summary>How convolutions of stride 2 pad.</summary>
public enum PaddingStyle
{
    /// <summary>The same number of zeros on both sides, as PyTorch does.</summary>
    Torch,

    /// <summary>TensorFlow's SAME: at stride 2 and even size none before and one after.</summary>
    TensorFlow,
}

/// <summary>How the decoder of a segmentation network doubles the resolution.</summary>
public enum DecoderKind
{
    /// <summary>Bilinear interpolation, then convolutions.</summary>
    Bilinear,

    /// <summary>A transposed convolution.</summary>
    Deconv,

    /// <summary>Every pixel four times, then convolutions.</summary>
    Nearest,
}

/// <summary>Which network a run trains and from which weights: the recipe's <c>model</c>.</summary>
public sealed record ModelOptions
{
    /// <summary>Name of the network, as <c>altar models</c> lists them. Default "mobilenet_v2".</summary>
    public string Name { get; init; } = "mobilenet_v2";

    /// <summary>"published" (default: the catalogue's file; of a segmentation network its encoder's), "none", the name of a published file, or a path (.safetensors, .pth).</summary>
    public string Weights { get; init; } = "published";

    /// <summary>Padding of strided convolutions. Default torch.</summary>
    public PaddingStyle Padding { get; init; } = PaddingStyle.Torch;

    /// <summary>Normalisation of the input: imagenet (default), tensorflow, or a mapping of mean and std.</summary>
    public Normalization Preprocessing { get; init; } = Normalization.ImageNet;

    /// <summary>Dropout before the head, in [0, 1). Null (default): the network's own.</summary>
    public double? Dropout { get; init; }

    /// <summary>Channels of the input, at least 1. Default 3; a pretrained first convolution is widened (docs/weights.md).</summary>
    public int Channels { get; init; } = 3;

    /// <summary>How a segmentation network's decoder doubles the resolution: bilinear, deconv or nearest. Null (default): the network's own.</summary>
    public DecoderKind? Decoder { get; init; }

    /// <summary>Kernel of the decoder's transposed convolutions, in pixels: 2, 3 or 4, as <c>altar models</c> lists for the network. Null (default): the network's own.</summary>
    public int? Kernel { get; init; }

    /// <summary>Filters of the first level of a textbook U-Net, 1 to 256; each level below has twice as many. Null (default): the network's own.</summary>
    public int? Filters { get; init; }

    /// <summary>A segmentation network also says for the whole picture whether a class is in it: a second output for an auxiliary loss. Default false.</summary>
    public bool ClassHead { get; init; }

    /// <summary>Names or prefixes of tensors that the weights may leave unset besides the head. Default none.</summary>
    public IReadOnlyList<string> AllowUnset { get; init; } = [];

    /// <summary>Several heads on the trunk, each with a name; their labels come from <c>data.sets</c>. Default none: one class for each picture.</summary>
    public IReadOnlyDictionary<string, HeadOptions> Heads { get; init; } = new Dictionary<string, HeadOptions>();

    /// <summary>Over what the softmax of single-label heads is taken: heads (default) or joint.</summary>
    public SoftmaxScope Softmax { get; init; }

    /// <summary>A text that <c>altar predict</c> fills from the heads, such as "{title} in {category}". Default none.</summary>
    public string? Template { get; init; }
}
