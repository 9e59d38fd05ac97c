using Altar.Tensors;

namespace Altar.Networks.Segmentation;

/// <summary>The segmentation networks by name.</summary>
public static class SegmentationCatalog
{
    private static readonly Dictionary<string, Func<string, int, SegmentationNetwork>> Builders = new()
    {
        ["ternausnet11"] = (name, classes) => new TernausNet(name, isDeep: false, Upsampling.Transposed3, classes),
        ["ternausnet11_kernel4"] = (name, classes) => new TernausNet(name, isDeep: false, Upsampling.Transposed4, classes),
        ["ternausnet16_bilinear"] = (name, classes) => new TernausNet(name, isDeep: true, Upsampling.Bilinear, classes),
        ["ternausnet16_deconv"] = (name, classes) => new TernausNet(name, isDeep: true, Upsampling.Transposed4, classes),
        ["albunet34_bilinear"] = (name, classes) => new AlbuNet(name, Upsampling.Bilinear, classes),
        ["albunet34_deconv"] = (name, classes) => new AlbuNet(name, Upsampling.Transposed4, classes),
        ["linknet34"] = (name, classes) => new LinkNet(name, kernel: 4, classes),
        ["linknet34_kernel3"] = (name, classes) => new LinkNet(name, kernel: 3, classes),
    };

    /// <summary>All names; where the decoder has a choice the name ends in it.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Builders.Keys];

    /// <summary>Builds a network.</summary>
    /// <param name="name">As <see cref="Names"/> has it.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="seed">Decides the weights, by starting libtorch's generator there. Default: the generator goes on from where it is.</param>
    /// <exception cref="BadInputException">Unknown name, or no classes.</exception>
    public static SegmentationNetwork Create(string name, int classes, Seed? seed = null)
    {
        if (!Builders.TryGetValue(name, out var build)) throw new BadInputException($"There is no segmentation network '{name}'; known are {string.Join(", ", Names)}.");
        if (classes < 1) throw new BadInputException($"{name}: {classes} classes; at least 1 is needed.");
        seed?.ApplyToTorch();
        return build(name, classes);
    }
}
