using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Batching;

/// <summary>How samples become batches.</summary>
public sealed record BatchOptions
{
    /// <summary>Samples in a batch, at least 1. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>
    /// An epoch's last batch is dropped if it has fewer samples. 1 (default) keeps it always; 2 suits training with batch norm, which has
    /// no variance of one picture; the batch size itself drops every incomplete batch, as the originals did.
    /// </summary>
    public int SmallestBatch { get; init; } = 1;

    /// <summary>Whether each epoch has its own order. Default true; false is the order of the source.</summary>
    public bool Shuffles { get; init; } = true;

    /// <summary>Which samples an epoch visits; stands above <see cref="Shuffles"/>. Null (default): each once.</summary>
    public EpochOrder? Order { get; init; }

    /// <summary>Threads that fill batches. 0 (default): one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>Batches in work or ready before they are asked for, at least 1. Each costs N x H x W x C x 4 bytes. Default 3.</summary>
    public int Ahead { get; init; } = 3;

    /// <summary>Where the batches are wanted. Default the CPU. For CUDA the staging memory is pinned.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Checks the ranges, for a loader whose samples come in an order of their own.</summary>
    /// <param name="samples">Names them in the message.</param>
    /// <exception cref="BadInputException">Another order is asked for.</exception>
    internal BatchOptions WithoutOrder(string samples) => Order is null
        ? Validated()
        : throw new BadInputException($"sampling: {samples} come in an order of their own; write sampling: shuffle.");

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BatchOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SmallestBatch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SmallestBatch, Batch);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(Ahead, 1);
        return this;
    }
}
