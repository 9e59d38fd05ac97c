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
}
