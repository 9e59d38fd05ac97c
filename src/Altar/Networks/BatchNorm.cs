using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks;

/// <summary>Batch norm over pictures (arXiv:1502.03167), with PyTorch's names, momentum 0.1 and epsilon 1e-5.</summary>
/// <remarks>Our own, because TorchSharp's counts its batches with a scalar that a garbage collection can free too early: docs/decisions/0008-scalars.md.</remarks>
public sealed class BatchNorm : nn.Module<Tensor, Tensor>
{
    private const double Momentum = 0.1, Epsilon = 1e-5;

    // Field names are the keys of the weights file.
    private readonly Parameter weight, bias;
    private readonly Tensor running_mean, running_var, num_batches_tracked;
    private readonly long _channels;

    /// <summary>Starts as the identity: weight 1, bias 0, running mean 0, running variance 1.</summary>
    /// <param name="channels">Channels C, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No channel.</exception>
    public BatchNorm(long channels) : base(nameof(BatchNorm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _channels = channels;
        weight = nn.Parameter(ones(channels));
        bias = nn.Parameter(zeros(channels));
        running_mean = zeros(channels);
        running_var = ones(channels);
        num_batches_tracked = zeros([], ScalarType.Int64);
        RegisterComponents();
    }

    /// <summary>In training by the batch's own statistics, which move the running ones; in evaluation by the running ones.</summary>
    /// <param name="input">Float [N, C, H, W].</param>
    /// <returns>Float [N, C, H, W].</returns>
    /// <exception cref="ArgumentException">It has not four axes, or another number of channels.</exception>
    public override Tensor forward(Tensor input)
    {
        var (_, channels, _, _) = Shape.Nchw(input, nameof(input));
        if (channels != _channels) throw new ArgumentException($"input has {channels} channels; this batch norm has {_channels}.", nameof(input));
        if (training) num_batches_tracked.CountInPlace();
        return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training, Momentum, Epsilon);
    }
}
