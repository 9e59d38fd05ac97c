using static TorchSharp.torch;

namespace Altar.Networks;

/// <summary>What every network of the project can do: stages freeze its trunk, checkpoints keep its tensors, the trainer runs it.</summary>
public abstract class VisionNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Starts a network.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    protected VisionNetwork(string name) : base(name)
    {
    }

    /// <summary>
    /// Prefixes of the trunk's blocks from the input on, e.g. "conv1.", "bn1.", "layer1.": what <c>learns: BLOCK</c> may name (without the dot).
    /// <c>learns: head</c> freezes all of them; in a segmentation network they are the encoder's, and the decoder learns.
    /// </summary>
    public abstract IReadOnlyList<string> Blocks { get; }

    /// <summary>Dropout before the head, in [0, 1).</summary>
    public double HeadDropout { get; set; }

    /// <summary>What training sees of a batch.</summary>
    /// <param name="input">Pictures, float [N, C, H, W]; for a <see cref="Classifier"/> also embeddings computed before, float [N, D].</param>
    /// <param name="trunkRests">Whether only the head learns, so that the trunk may run without gradients.</param>
    /// <returns>Raw scores, float [N, K] or [N, K, H, W].</returns>
    public virtual Tensor Output(Tensor input, bool trunkRests) => call(input);
}
