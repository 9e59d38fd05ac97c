using Altar.Datasets.Duplicates;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Duplicates;

public class HashIndexTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(11)]
    public void It_finds_what_comparing_all_pairs_finds(int radius)
    {
        var random = new Seed(1).ToRandom();
        var origins = Enumerable.Range(0, 20).Select(_ => (ulong)random.NextInt64()).ToArray();
        // Copies with 0 to 14 changed bits round each origin.
        var hashes = origins.SelectMany(origin => Enumerable.Range(0, 15).Select(bits => Changed(origin, bits, random))).Distinct().ToArray();
        var index = new HashIndex(hashes);

        foreach (var origin in origins)
        {
            var expected = hashes.Index().Where(pair => PerceptualHash.Distance(origin, pair.Item) <= radius).Select(pair => pair.Index);
            Assert.Equal(expected, index.Near(origin, radius).Order());
        }
    }

    [Fact]
    public void A_larger_radius_than_the_bands_allow_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashIndex([1]).Near(1, HashIndex.LargestRadius + 1).ToList());

    private static ulong Changed(ulong hash, int bits, Random random)
    {
        var places = Enumerable.Range(0, 64).ToArray();
        random.Shuffle(places);
        return places.Take(bits).Aggregate(hash, (changed, place) => changed ^ (1UL << place));
    }
}
