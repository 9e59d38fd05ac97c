using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Batching;

/// <summary>Memory of one batch, filled by several threads and used again for later batches.</summary>
internal sealed unsafe class Staging : IDisposable
{
    private readonly Tensor _inputs;    // float [N, H, W, C]: seen as [N, C, H, W] this is channels-last without a copy
    private readonly Tensor _targets;   // int64 [N, ...]
    private readonly float* _input;
    private readonly long* _target;
    private readonly int _inputLength, _targetLength;

    public Staging(ISampleSource source, int batch, Device device)
    {
        var pinned = device.type == DeviceType.CUDA;
        _inputLength = source.Size.Width * source.Size.Height * source.Channels;
        _targetLength = checked((int)source.TargetShape.Aggregate(1L, (product, length) => product * length));
        _inputs = Allocate([batch, source.Size.Height, source.Size.Width, source.Channels], ScalarType.Float32, pinned);
        _targets = Allocate([batch, .. source.TargetShape], ScalarType.Int64, pinned);

        _input = (float*)Start(_inputs);
        _target = (long*)Start(_targets);
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
        var inputs = _inputs.narrow(0, 0, count).permute(0, 3, 1, 2);   // [N, C, H, W]
        var targets = _targets.narrow(0, 0, count);                     // [N, ...]
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
