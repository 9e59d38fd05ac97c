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

/// <summary>Which network a run trains and from which weights: the recipe's <c>model</c>.</summary>
public sealed record ModelOptions
{
    /// <summary>Name of the network, as <c>altar models</c> lists them. Default "mobilenet_v2".</summary>
    public string Name { get; init; } = "mobilenet_v2";

    /// <summary>"published" (default: the catalogue's file), "none", the name of a published file, or a path (.safetensors, .pth).</summary>
    public string Weights { get; init; } = "published";

    /// <summary>Padding of strided convolutions. Default torch.</summary>
    public PaddingStyle Padding { get; init; } = PaddingStyle.Torch;

    /// <summary>Normalisation of the input: imagenet (default), tensorflow, or a mapping of mean and std.</summary>
    public Normalization Preprocessing { get; init; } = Normalization.ImageNet;

    /// <summary>Dropout before the head, in [0, 1). Null (default): the network's own.</summary>
    public double? Dropout { get; init; }

    /// <summary>Names or prefixes of tensors that the weights may leave unset besides the head. Default none.</summary>
    public IReadOnlyList<string> AllowUnset { get; init; } = [];
}
