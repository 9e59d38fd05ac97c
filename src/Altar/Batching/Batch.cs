using static TorchSharp.torch;

namespace Altar.Batching;

/// <summary>Samples as tensors. Its memory is used again after <see cref="Dispose"/>: clone what must live longer.</summary>
public sealed class Batch : IDisposable
{
    private Action? _giveBack;

    /// <summary>Takes over two tensors; they are freed with the batch.</summary>
    /// <param name="plan">Where it belongs, with the samples that are in the tensors.</param>
    /// <param name="images">Inputs, float [N, C, H, W]; or what a cache computed of them.</param>
    /// <param name="labels">Targets, int64 [N] or [N, ...].</param>
    /// <param name="giveBack">Called once on <see cref="Dispose"/>, after the tensors are freed.</param>
    public Batch(PlannedBatch plan, Tensor images, Tensor labels, Action? giveBack = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        (Epoch, Index, Samples) = (plan.Epoch, plan.Index, plan.Samples);
        (Images, Labels, _giveBack) = (images.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), giveBack ?? (() => { }));
    }

    /// <summary>The epoch it belongs to.</summary>
    public int Epoch { get; }

    /// <summary>Its place in the epoch's plan, from 0. Training that stopped after it resumes at <c>Index + 1</c>.</summary>
    public int Index { get; }

    /// <summary>Inputs, float [N, C, H, W], channels-last, on the device of the options.</summary>
    public Tensor Images { get; }

    /// <summary>Targets, int64: the class, [N]; or [N] and the source's target shape.</summary>
    public Tensor Labels { get; }

    /// <summary>Numbers of the samples in the source, in the order of the tensors. N of them: damaged ones are left out.</summary>
    public IReadOnlyList<int> Samples { get; }

    /// <summary>Frees the tensors and gives the memory back to the loader.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _giveBack, null) is not { } giveBack) return;
        Images.Dispose();
        Labels.Dispose();
        giveBack();
    }
}
