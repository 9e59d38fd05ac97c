using static TorchSharp.torch;

namespace Altar.Networks;

/// <summary>A trunk that turns pictures into an embedding, and a linear head that scores classes.</summary>
/// <remarks>Parameter names, shapes and outputs are torchvision's, so that its weight files load.</remarks>
public abstract class Classifier : VisionNetwork
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

    /// <summary>The trunk.</summary>
    /// <param name="images">Float [N, C, H, W].</param>
    /// <returns>Float [N, D].</returns>
    public abstract Tensor Embed(Tensor images);

    /// <summary>The head: dropout in training, then the linear layer.</summary>
    /// <param name="embedding">Float [N, D].</param>
    /// <returns>Logits, float [N, K].</returns>
    public abstract Tensor Score(Tensor embedding);

    /// <inheritdoc/>
    public override Tensor Output(Tensor input, bool trunkRests)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() == 2) return Score(input);           // [N, K] of [N, D]
        if (!trunkRests) return call(input);                 // [N, K]
        using var embedding = EmbedWithoutGradients(input);  // [N, D]
        return Score(embedding);                             // [N, K]
    }

    /// <summary>Trunk, then head.</summary>
    /// <param name="input">Float [N, C, H, W].</param>
    /// <returns>Logits, float [N, K].</returns>
    public override Tensor forward(Tensor input)
    {
        using var embedding = Embed(input);   // [N, D]
        return Score(embedding);              // [N, K]
    }

    private Tensor EmbedWithoutGradients(Tensor images)
    {
        using var noGradients = no_grad();
        return Embed(images);
    }
}
