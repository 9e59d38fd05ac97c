using System.Numerics;

namespace Altar.Datasets.Duplicates;

/// <summary>Finds hashes that differ in few bits without comparing all pairs.</summary>
/// <remarks>
/// Multi-index hashing (Norouzi et al. 2012): of four bands of 16 bits, one differs in at most two bits when all 64 differ in at
/// most 11. So each query looks into 4 x 137 buckets, which hold about n/120 of n unrelated hashes.
/// </remarks>
internal sealed class HashIndex
{
    /// <summary>The largest distance that is found.</summary>
    public const int LargestRadius = 11;

    private const int Bands = 4, BandBits = 16, BandRadius = 2, Buckets = 1 << BandBits;

    private static readonly int[] NearKeys = [.. Enumerable.Range(0, Buckets).Where(mask => BitOperations.PopCount((uint)mask) <= BandRadius)];

    private readonly ulong[] _hashes;
    private readonly int[][] _starts = new int[Bands][];
    private readonly int[][] _members = new int[Bands][];

    /// <param name="hashes">Distinct hashes: equal ones would fill a bucket and bring back all pairs.</param>
    public HashIndex(ulong[] hashes)
    {
        _hashes = hashes;
        for (var band = 0; band < Bands; band++) Fill(band);
    }

    /// <summary>Places of all hashes at most <paramref name="radius"/> bits away from <paramref name="hash"/>, itself included.</summary>
    public IEnumerable<int> Near(ulong hash, int radius)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, LargestRadius);
        for (var band = 0; band < Bands; band++)
        {
            var key = Key(hash, band);
            foreach (var mask in NearKeys)
            {
                var bucket = key ^ mask;
                for (var i = _starts[band][bucket]; i < _starts[band][bucket + 1]; i++)
                {
                    var place = _members[band][i];
                    if (PerceptualHash.Distance(hash, _hashes[place]) <= radius && !IsFoundBefore(hash, _hashes[place], band)) yield return place;
                }
            }
        }
    }

    private static bool IsFoundBefore(ulong one, ulong other, int band) =>
        Enumerable.Range(0, band).Any(earlier => PerceptualHash.Distance((ulong)Key(one, earlier), (ulong)Key(other, earlier)) <= BandRadius);

    private static int Key(ulong hash, int band) => (int)((hash >> (band * BandBits)) & (Buckets - 1));

    // A counting sort: the members of a bucket lie side by side, from its start to the next one's.
    private void Fill(int band)
    {
        var starts = new int[Buckets + 1];
        foreach (var hash in _hashes) starts[Key(hash, band) + 1]++;
        for (var bucket = 0; bucket < Buckets; bucket++) starts[bucket + 1] += starts[bucket];
        var next = starts.ToArray();
        var members = new int[_hashes.Length];
        for (var place = 0; place < _hashes.Length; place++) members[next[Key(_hashes[place], band)]++] = place;
        (_starts[band], _members[band]) = (starts, members);
    }
}
