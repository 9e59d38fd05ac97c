namespace Altar.Networks;

/// <summary>A network of the catalogue: a row of <c>altar models</c>.</summary>
/// <param name="Name">What <c>model.name</c> says.</param>
/// <param name="Parameters">Learned numbers, with the head for <paramref name="Classes"/>.</param>
/// <param name="MultiplyAdds">Multiply-adds of the convolutions and linear layers for one picture of <paramref name="InputSize"/>; one counts a multiplication with its addition, and norms, activations, pooling and biases count nothing, as in torchvision's table.</param>
/// <param name="InputSize">Side of the square picture the network was made for, in pixels.</param>
/// <param name="Classes">Classes of the published head: 1000 for ImageNet, 10 for CIFAR-10.</param>
/// <param name="Source">The paper.</param>
/// <param name="Published">Weight files, the one that "published" means first.</param>
public sealed record NetworkEntry(
    string Name, long Parameters, long MultiplyAdds, int InputSize, int Classes, string Source, IReadOnlyList<PublishedFile> Published)
{
    /// <summary>Multiply-adds in thousands of millions (GMACs).</summary>
    public double GigaMultiplyAdds => MultiplyAdds / 1e9;

    /// <summary>Builds it: classes (0: the trunk alone), channels and padding in, network out.</summary>
    internal Func<int, int, PaddingStyle, Classifier> Build { get; init; } = (_, _, _) => throw new InvalidOperationException("An entry of the catalogue without its builder.");
}
