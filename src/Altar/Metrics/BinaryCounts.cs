using System.Numerics;

namespace Altar.Metrics;

/// <summary>How yes-or-no answers agree with the truth: counts that are summed, with shares taken at the end.</summary>
/// <remarks>A share of nothing is NaN: where the class neither occurs nor was said, IoU, Dice, precision and recall are not known.</remarks>
/// <param name="TruePositives">Said and true.</param>
/// <param name="FalsePositives">Said, not true: false alarms.</param>
/// <param name="FalseNegatives">True, not said: misses.</param>
/// <param name="TrueNegatives">Neither.</param>
public readonly record struct BinaryCounts(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
    : IAdditionOperators<BinaryCounts, BinaryCounts, BinaryCounts>
{
    /// <summary>All of them.</summary>
    public long Total => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Said, rightly or not.</summary>
    public long Said => TruePositives + FalsePositives;

    /// <summary>True, said or not.</summary>
    public long True => TruePositives + FalseNegatives;

    /// <summary>Intersection over union, 0 to 1; higher is better.</summary>
    public double Iou => (double)TruePositives / (TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Twice the overlap over both areas, 0 to 1; the same as <see cref="F1"/>.</summary>
    public double Dice => 2.0 * TruePositives / (Said + True);

    /// <summary>Harmonic mean of precision and recall, 0 to 1; the same as <see cref="Dice"/>.</summary>
    public double F1 => Dice;

    /// <summary>Share of what was said that is true, 0 to 1.</summary>
    public double Precision => (double)TruePositives / Said;

    /// <summary>Share of what is true that was said, 0 to 1.</summary>
    public double Recall => (double)TruePositives / True;

    /// <summary>Share of right answers, 0 to 1.</summary>
    public double Accuracy => (double)(TruePositives + TrueNegatives) / Total;

    /// <summary>Counts of both.</summary>
    /// <param name="left">Some answers.</param>
    /// <param name="right">Other answers.</param>
    public static BinaryCounts operator +(BinaryCounts left, BinaryCounts right) => new(
        left.TruePositives + right.TruePositives,
        left.FalsePositives + right.FalsePositives,
        left.FalseNegatives + right.FalseNegatives,
        left.TrueNegatives + right.TrueNegatives);

    /// <summary>Compares masks in which 0 is no and everything else is yes, as 0/1 or 0/255.</summary>
    /// <param name="said">A byte for each pixel.</param>
    /// <param name="truth">The same pixels in the same order.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels.</exception>
    public static BinaryCounts Of(ReadOnlySpan<byte> said, ReadOnlySpan<byte> truth)
    {
        if (said.Length != truth.Length) throw new ArgumentException($"{said.Length} pixels are said, but {truth.Length} are true or not.", nameof(said));
        var (both, ofSaid, ofTruth) = (0L, 0L, 0L);
        for (var start = 0; start < said.Length; start += LargestBlock)
        {
            var length = Math.Min(LargestBlock, said.Length - start);
            var (neither, noneSaid, noneTrue) = Zeros(said.Slice(start, length), truth.Slice(start, length));
            ofSaid += length - noneSaid;
            ofTruth += length - noneTrue;
            both += length - noneSaid - noneTrue + neither;
        }

        return new BinaryCounts(both, ofSaid - both, ofTruth - both, said.Length - ofSaid - ofTruth + both);
    }

    // A lane of bytes counts to 255.
    private static int LargestBlock => 255 * Vector<byte>.Count;

    private static (int Neither, int NoneSaid, int NoneTrue) Zeros(ReadOnlySpan<byte> said, ReadOnlySpan<byte> truth)
    {
        var (neither, noneSaid, noneTrue) = (Vector<byte>.Zero, Vector<byte>.Zero, Vector<byte>.Zero);
        var at = 0;
        for (; at <= said.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            var (ofSaid, ofTruth) = (Vector.Equals(new Vector<byte>(said[at..]), Vector<byte>.Zero), Vector.Equals(new Vector<byte>(truth[at..]), Vector<byte>.Zero));
            noneSaid -= ofSaid;                                  // a hit is 255, that is -1
            noneTrue -= ofTruth;
            neither -= ofSaid & ofTruth;
        }

        var counts = (Sum(neither), Sum(noneSaid), Sum(noneTrue));
        for (; at < said.Length; at++)
        {
            var (no, untrue) = (said[at] == 0 ? 1 : 0, truth[at] == 0 ? 1 : 0);
            counts = (counts.Item1 + (no & untrue), counts.Item2 + no, counts.Item3 + untrue);
        }

        return counts;
    }

    private static int Sum(Vector<byte> lanes)
    {
        Vector.Widen(lanes, out var low, out var high);
        var sums = low + high;                                   // at most 2 * 255 a lane
        var total = 0;
        for (var i = 0; i < Vector<ushort>.Count; i++) total += sums[i];
        return total;
    }
}
