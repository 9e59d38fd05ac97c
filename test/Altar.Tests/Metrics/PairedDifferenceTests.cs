using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class PairedDifferenceTests
{
    [Fact]
    public void The_interval_is_Students()
    {
        // Differences 1, 2, 3: mean 2, deviation 1, t of two degrees of freedom 4.303: 4.303 / sqrt 3.
        var difference = PairedDifference.Of([(2, 1), (3, 1), (4, 1)]);

        Assert.Equal((2, 3), (difference.Mean, difference.Pairs));
        Assert.Equal(2.4843, difference.HalfWidth, 1e-3);
        Assert.True(difference.CoversZero);
        Assert.Equal(-0.4843, difference.Interval.Low, 1e-3);
        Assert.Equal(4.4843, difference.Interval.High, 1e-3);
    }

    [Fact]
    public void A_difference_that_never_changes_is_sure()
    {
        Assert.Equal(new PairedDifference(0.5, 0, 2), PairedDifference.Of([(1, 0.5), (2, 1.5)]));
        Assert.False(PairedDifference.Of([(1, 0.5), (2, 1.5)]).CoversZero);
    }

    [Fact]
    public void One_pair_says_nothing()
    {
        Assert.True(PairedDifference.Of([(9, 1)]).CoversZero);
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([]));
    }

    [Fact]
    public void Many_pairs_come_near_to_the_normal_distribution()
    {
        // 100 differences of +1 and -1 in turn: deviation 1.00504, t of 99 degrees of freedom 1.984.
        var difference = PairedDifference.Of(Enumerable.Range(0, 100).Select(pair => (pair % 2 == 0 ? 1.0 : -1.0, 0.0)));

        Assert.Equal(1.984 * 0.100504, difference.HalfWidth, 1e-4);
    }
}
