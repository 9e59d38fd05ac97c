using System.Numerics;

namespace Altar.Metrics;

/// <summary>Counts pixels by true class and said class, in 64 bits: a benchmark of 180 tiles has more pixels than 32 bits hold.</summary>
/// <remarks>With one name the mask has two values: 0 is the background, 1 the class; only the class is scored.</remarks>
public sealed class PixelTally
{
    private readonly IReadOnlyList<string> _classes;
    private readonly long[] _counts;                             // [truth * values + said]
    private readonly int _values;

    /// <summary>Begins at zero.</summary>
    /// <param name="classes">Names of the classes, at least one, in the order of the mask values.</param>
    public PixelTally(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfZero(classes.Count, nameof(classes));
        _classes = classes;
        _values = Math.Max(2, classes.Count);
        _counts = new long[_values * _values];
    }

    /// <summary>Values a pixel may have: K, or 2 for one class against its background.</summary>
    public int Values => _values;

    /// <summary>Pixels that were counted.</summary>
    public long Pixels => _counts.Sum();

    /// <summary>Pixels of a true value that were taken for another.</summary>
    /// <param name="truth">In [0, <see cref="Values"/>).</param>
    /// <param name="said">In [0, <see cref="Values"/>).</param>
    public long this[int truth, int said] => _counts[(truth * _values) + said];

    /// <summary>Adds pixels.</summary>
    /// <param name="said">A class for each pixel, in [0, <see cref="Values"/>).</param>
    /// <param name="truth">The same pixels in the same order.</param>
    /// <param name="ignored">Pixels of this true value are passed over, e.g. 255. Default: none.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels, or a value outside the classes; nothing before it is taken back.</exception>
    public void Add(ReadOnlySpan<byte> said, ReadOnlySpan<byte> truth, int ignored = -1) => Count(said, truth, ignored);

    /// <summary>Adds pixels.</summary>
    /// <param name="said">A class for each pixel, in [0, <see cref="Values"/>).</param>
    /// <param name="truth">The same pixels in the same order; -1 is passed over.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels, or a value outside the classes; nothing before it is taken back.</exception>
    public void Add(ReadOnlySpan<byte> said, ReadOnlySpan<long> truth) => Count(said, truth, -1);

    /// <summary>Adds pixels.</summary>
    /// <param name="said">A class for each pixel, in [0, <see cref="Values"/>).</param>
    /// <param name="truth">The same pixels in the same order; -1 is passed over.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels, or a value outside the classes; nothing before it is taken back.</exception>
    public void Add(ReadOnlySpan<long> said, ReadOnlySpan<long> truth) => Count(said, truth, -1);

    /// <summary>Adds what another tally of the same classes counted.</summary>
    /// <param name="other">Unchanged.</param>
    public void Add(PixelTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other._values, _values, nameof(other));
        for (var i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
    }

    /// <summary>Begins again at zero.</summary>
    public void Clear() => Array.Clear(_counts);

    /// <summary>One class against all others.</summary>
    /// <param name="index">Index of the class's name.</param>
    public BinaryCounts CountsOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_classes.Count, nameof(index));
        var value = _classes.Count == 1 ? 1 : index;
        var (truth, said, both) = (0L, 0L, this[value, value]);
        for (var other = 0; other < _values; other++) (truth, said) = (truth + this[value, other], said + this[other, value]);
        return new BinaryCounts(both, said - both, truth - both, Pixels - said - truth + both);
    }

    /// <summary>The shares of everything added so far.</summary>
    public PixelScores Scores() => new()
    {
        Pixels = Pixels,
        Accuracy = (double)Enumerable.Range(0, _values).Sum(value => this[value, value]) / Pixels,
        PerClass = [.. _classes.Select((name, index) => new PixelClassScore(name, CountsOf(index)))],
    };

    private void Count<TSaid, TTruth>(ReadOnlySpan<TSaid> said, ReadOnlySpan<TTruth> truth, int ignored)
        where TSaid : unmanaged, IBinaryInteger<TSaid>
        where TTruth : unmanaged, IBinaryInteger<TTruth>
    {
        if (said.Length != truth.Length) throw new ArgumentException($"{said.Length} pixels are said, but {truth.Length} are true.", nameof(said));
        var (values, counts) = (_values, _counts);
        unchecked   // the indices are checked, and no count reaches 2^63
        {
            for (var i = 0; i < said.Length; i++)
            {
                var (isSaid, isTrue) = (int.CreateSaturating(said[i]), int.CreateSaturating(truth[i]));
                if (isTrue == ignored) continue;
                if ((uint)isSaid >= (uint)values || (uint)isTrue >= (uint)values) throw Outside(i, isSaid, isTrue);
                counts[(isTrue * values) + isSaid]++;
            }
        }
    }

    private ArgumentException Outside(int pixel, int said, int truth) =>
        new($"pixel {pixel} has the value {(truth >= 0 && truth < _values ? said : truth)}, but {_classes.Count} classes have the values 0 to {_values - 1}.");
}
