using Altar.Inference;
using Altar.Search;
using Altar.Tests.Inference;
using static TorchSharp.torch;

namespace Altar.Tests.Search;

/// <summary>Indexes of pictures of one colour: their feature is the mean of each colour, so every score can be worked by hand.</summary>
internal sealed class ColourIndex : IDisposable
{
    public ColourPictures Pictures { get; } = new();

    public string Folder => Path.Combine(Pictures.Folder, "index");

    public string Photos => Path.Combine(Pictures.Folder, "photos");

    public PhotoEmbedder Embedder { get; } = new(new Predictor(new MeanColour(), ColourPictures.Card, CPU));

    public static NetworkIdentity Network { get; } = new("mean", "0123456789abcdef", 3);

    /// <summary>A picture below <see cref="Photos"/>.</summary>
    public string Write(string name, byte red, byte green, byte blue) => Pictures.Write(Path.Combine("photos", name), red, green, blue).Path;

    /// <summary>Red, green, blue, and dark red: 0.8 red, 0.6 green.</summary>
    public void WriteFour()
    {
        Write("warm/red.png", 200, 0, 0);
        Write("cold/green.png", 0, 200, 0);
        Write("cold/blue.png", 0, 0, 200);
        Write("warm/brown.png", 160, 120, 0);
    }

    public IVectorIndex Build(IndexOptions? options = null, string? images = null) =>
        IndexBuilder.Build(Folder, Embedder, PhotoList.Open(images ?? Photos), options ?? new IndexOptions());

    public void Dispose()
    {
        Embedder.Dispose();
        Pictures.Dispose();
    }
}

/// <summary>Three photos with vectors that can be worked by hand, for any index.</summary>
internal static class ThreePhotos
{
    public static IndexCard Card { get; } = new() { Network = ColourIndex.Network, Dimensions = 3, Scalar = VectorScalar.F32 };

    /// <summary>a at (1, 0, 0), b at (0.8, 0.6, 0), c at (0, 0, 1).</summary>
    public static IReadOnlyList<IndexedPhoto> All { get; } =
    [
        Of("a.jpg", [1, 0, 0], "shoes", "1"),
        Of("b.jpg", [0.8f, 0.6f, 0], "shoes", "2"),
        Of("c.jpg", [0, 0, 1], "hat", "1"),
    ];

    public static IndexedPhoto Of(string image, float[] vector, string category, string seller) =>
        new(image, vector, new Dictionary<string, string> { ["category"] = category, ["seller"] = seller });
}
