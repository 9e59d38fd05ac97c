namespace Altar.Images;

/// <summary>How bytes become the network's input: (byte / 255 - mean) / std for each of R, G, B.</summary>
/// <remarks>It travels in the checkpoint, so that a served model cannot differ from the trained one.</remarks>
public sealed record Normalization
{
    /// <summary>torchvision's: mean (0.485, 0.456, 0.406), std (0.229, 0.224, 0.225).</summary>
    public static Normalization ImageNet { get; } = new() { Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };

    /// <summary>TensorFlow's: byte / 127.5 - 1.</summary>
    public static Normalization TensorFlow { get; } = new() { Mean = [0.5f, 0.5f, 0.5f], Std = [0.5f, 0.5f, 0.5f] };

    /// <summary>Subtracted from R, G, B in 0..1. Three numbers.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Divides R, G, B. Three numbers above 0.</summary>
    public IReadOnlyList<float> Std { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Reads the name of a preset: "imagenet" or "tensorflow".</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">No such preset.</exception>
    public static Normalization Parse(string text) => text switch
    {
        "imagenet" => ImageNet,
        "tensorflow" => TensorFlow,
        _ => throw new FormatException($"'{text}' is no preprocessing; write imagenet, tensorflow, or a mapping of mean and std with three numbers each."),
    };
}
