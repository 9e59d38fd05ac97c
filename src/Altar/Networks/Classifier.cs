using static TorchSharp.torch;

namespace Altar.Networks;

/// <summary>A trunk that turns pictures into an embedding, and a linear head that scores classes.</summary>
/// <remarks>Parameter names, shapes and outputs are torchvision's, so that its weight files load.</remarks>
public abstract class Classifier : nn.Module<Tensor, Tensor>
{
    /// <summary>Starts a network.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    protected Classifier(string name) : base(name)
    {
    }

    /// <summary>Length D of the embedding.</summary>
    public abstract int EmbeddingLength { get; }

    /// <summary>Prefix of the head's parameters, e.g. "fc." or "classifier.1.".</summary>
    public abstract string HeadPrefix { get; }

    /// <summary>Prefixes of the trunk's blocks from the input on, e.g. "conv1.", "bn1.", "layer1.": what <c>learns: BLOCK</c> may name (without the dot).</summary>
    public abstract IReadOnlyList<string> Blocks { get; }

    /// <summary>Dropout before the head, in [0, 1).</summary>
    public double HeadDropout { get; set; }

    /// <summary>The trunk.</summary>
    /// <param name="images">Float [N, 3, H, W].</param>
    /// <returns>Float [N, D].</returns>
    public abstract Tensor Embed(Tensor images);

    /// <summary>The head: dropout in training, then the linear layer.</summary>
    /// <param name="embedding">Float [N, D].</param>
    /// <returns>Logits, float [N, K].</returns>
    public abstract Tensor Score(Tensor embedding);

    /// <summary>Trunk, then head.</summary>
    /// <param name="input">Float [N, 3, H, W].</param>
    /// <returns>Logits, float [N, K].</returns>
    public override Tensor forward(Tensor input)
    {
        using var embedding = Embed(input);   // [N, D]
        return Score(embedding);              // [N, K]
    }
}
