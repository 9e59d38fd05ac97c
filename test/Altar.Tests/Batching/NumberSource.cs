using Altar.Batching;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Batching;

/// <summary>Inputs of 2 x 1 pixels without files: the sample's number, then what chance drew; the target is ten times the number.</summary>
internal sealed class NumberSource(int count) : ISampleSource
{
    private int _fills;

    public IReadOnlySet<int> Damaged { get; init; } = new HashSet<int>();

    public Action<int> BeforeFill { get; init; } = _ => { };

    public int Fills => Volatile.Read(ref _fills);

    public int Count => count;

    public PixelSize Size => new(2, 1);

    public int Channels => 3;

    public IReadOnlyList<long> TargetShape => [];

    public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
    {
        Interlocked.Increment(ref _fills);
        BeforeFill(sample);
        if (Damaged.Contains(sample)) return false;
        var random = chance.ToRandom();
        for (var i = 0; i < input.Length; i++) input[i] = i == 0 ? sample : random.NextSingle();
        target[0] = 10 * sample;
        return true;
    }
}
