using static TorchSharp.torch;

namespace Altar.Batching;

/// <summary>Samples as tensors. Its memory is used again after <see cref="Dispose"/>: clone what must live longer.</summary>
public sealed class Batch : IDisposable
{
    private Action? _giveBack;

    internal Batch(BatchInWork filled, Tensor images, Tensor labels, Action giveBack)
    {
        (Epoch, Index, Samples) = (filled.Plan.Epoch, filled.Plan.Index, filled.Samples);
        (Images, Labels, _giveBack) = (images, labels, giveBack);
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
