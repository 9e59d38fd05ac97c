using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Gradual unfreezing (arXiv:1801.06146): the head learns first, and blocks join from it down, some in each epoch.</summary>
/// <remarks>A function of the epoch: there is nothing to remember. What rests costs no backward pass.</remarks>
/// <param name="perEpoch">Blocks that join in each epoch, at least 1.</param>
public sealed class GradualUnfreezing(int perEpoch) : StageTrick
{
    /// <inheritdoc/>
    public override string Name => "unfreezing";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Memory { get; } = new Dictionary<string, Tensor>();

    /// <summary>The epoch of the stage, from 0, in which a block begins to learn.</summary>
    /// <param name="blocks">Blocks of the trunk.</param>
    /// <param name="block">The block's index from the input on; <paramref name="blocks"/> is the head.</param>
    /// <param name="perEpoch">Blocks that join in each epoch; 0: all at once.</param>
    public static int JoiningEpoch(int blocks, int block, int perEpoch) => perEpoch == 0 ? 0 : (blocks - block + perEpoch - 1) / perEpoch;

    /// <inheritdoc/>
    public override void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device)
    {
    }

    /// <inheritdoc/>
    public override void OnEpochStart(StageSession session, int epoch)
    {
        ArgumentNullException.ThrowIfNull(session);
        var blocks = session.Network.Blocks;
        foreach (var parameter in session.Optimizer.Parameters)
        {
            parameter.Weight.requires_grad = JoiningEpoch(blocks.Count, BlockRates.BlockOf(blocks, parameter.Name), perEpoch) <= epoch;
            if (!parameter.Weight.requires_grad) parameter.Weight.grad = null;
        }
    }
}
