using Altar.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Batching;

/// <summary>Memory of one batch, filled by several threads and used again for later batches.</summary>
internal sealed unsafe class Staging : IDisposable
{
    private readonly Tensor _inputs;    // float, flat: room for N inputs of the largest size; seen as [N, H, W, C], then as [N, C, H, W] without a copy
    private readonly Tensor _targets;   // int64 [N, ...]
    private readonly float* _input;
    private readonly long* _target;
    private readonly int _channels, _targetLength;
    private readonly long _capacity;
    private PixelSize _size;
    private int _inputLength;

    public Staging(ISampleSource source, int batch, Device device) : this(batch, source.Size, source.Channels, source.TargetShape, device)
    {
    }

    /// <param name="batch">Most samples of a batch.</param>
    /// <param name="size">The size with the most pixels; <see cref="Shape"/> may set another.</param>
    /// <param name="channels">Numbers a pixel.</param>
    /// <param name="targetShape">Shape of one sample's target.</param>
    /// <param name="device">Where the batches are wanted; for CUDA the memory is pinned.</param>
    public Staging(int batch, PixelSize size, int channels, IReadOnlyList<long> targetShape, Device device)
    {
        var pinned = device.type == DeviceType.CUDA;
        _channels = channels;
        _capacity = size.Area * channels;
        Shape(size);
        _targetLength = checked((int)targetShape.Aggregate(1L, (product, length) => product * length));
        _inputs = Allocate([batch * _capacity], ScalarType.Float32, pinned);
        _targets = Allocate([batch, .. targetShape], ScalarType.Int64, pinned);

        _input = (float*)Start(_inputs);
        _target = (long*)Start(_targets);
    }

    /// <summary>Sets the size of the next batch's inputs: all of them have one, batches may differ.</summary>
    public void Shape(PixelSize size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.Area * _channels, _capacity, nameof(size));
        (_size, _inputLength) = (size, checked((int)size.Area * _channels));
    }

    public Span<float> Input(int position) => new(_input + ((long)position * _inputLength), _inputLength);

    public Span<long> Target(int position) => new(_target + ((long)position * _targetLength), _targetLength);

    public void Copy(int from, int to)
    {
        Input(from).CopyTo(Input(to));
        Target(from).CopyTo(Target(to));
    }

    /// <summary>The first samples on the device: views of this memory on the CPU, copies on CUDA.</summary>
    /// <returns>Float [N, C, H, W], channels-last; int64 [N, ...]. They belong to no dispose scope.</returns>
    public (Tensor Inputs, Tensor Targets) Take(int count, Device device)
    {
        using var scope = NewDisposeScope();
        var inputs = _inputs.narrow(0, 0, (long)count * _inputLength).view(count, _size.Height, _size.Width, _channels).permute(0, 3, 1, 2);   // [N, C, H, W]
        var targets = _targets.narrow(0, 0, count);                                                                                        // [N, ...]
        if (device.type == DeviceType.CUDA) (inputs, targets) = (inputs.to(device), targets.to(device));
        return (inputs.DetachFromDisposeScope(), targets.DetachFromDisposeScope());
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _targets.Dispose();
    }

    // The tensors are fields, so their memory lives as long as the pointers. A span holds less than 2 GiB, a batch may hold more: ask for one sample.
    private static byte* Start(Tensor memory)
    {
        using var first = memory.narrow(0, 0, 1);
        fixed (byte* start = first.bytes) return start;
    }

    private static Tensor Allocate(long[] shape, ScalarType type, bool pinned)
    {
        using var scope = NewDisposeScope();
        var memory = empty(shape, type);
        return (pinned ? memory.pin_memory() : memory).DetachFromDisposeScope();
    }
}
