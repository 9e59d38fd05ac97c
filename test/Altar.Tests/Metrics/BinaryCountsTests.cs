using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class BinaryCountsTests
{
    [Fact]
    public void Shares_are_taken_from_the_counts()
    {
        var counts = new BinaryCounts(6, 2, 4, 8);

        Assert.Equal(20, counts.Total);
        Assert.Equal(6 / 12.0, counts.Iou);
        Assert.Equal(12 / 18.0, counts.Dice);
        Assert.Equal(counts.Dice, counts.F1);
        Assert.Equal(6 / 8.0, counts.Precision);
        Assert.Equal(6 / 10.0, counts.Recall);
        Assert.Equal(14 / 20.0, counts.Accuracy);
    }

    [Fact]
    public void A_share_of_nothing_is_not_known()
    {
        var empty = BinaryCounts.Of(new byte[4], new byte[4]);

        Assert.Equal(new BinaryCounts(0, 0, 0, 4), empty);
        Assert.True(double.IsNaN(empty.Iou) && double.IsNaN(empty.Dice) && double.IsNaN(empty.Precision) && double.IsNaN(empty.Recall));
        Assert.Equal(1, empty.Accuracy);
    }

    [Fact]
    public void Counts_are_summed_before_shares_are_taken()
    {
        var (small, large) = (new BinaryCounts(1, 0, 1, 0), new BinaryCounts(90, 10, 0, 0));

        Assert.Equal(new BinaryCounts(91, 10, 1, 0), small + large);
        Assert.NotEqual((small.Iou + large.Iou) / 2, (small + large).Iou, 0.1);
    }

    // Whole vectors, a rest, and more than 255 vectors, at which a lane of bytes would overflow.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(100_003)]
    public void Masks_are_compared_pixel_by_pixel(int pixels)
    {
        var random = new Seed(3).For(pixels).ToRandom();
        byte[] said = [.. Enumerable.Range(0, pixels).Select(_ => (byte)(random.Next(3) == 0 ? random.Next(1, 256) : 0))];
        byte[] truth = [.. said.Select(value => random.Next(4) == 0 ? (byte)random.Next(2) : value)];

        var pairs = said.Zip(truth, (one, other) => (Said: one > 0, True: other > 0)).ToList();
        var expected = new BinaryCounts(
            pairs.LongCount(pair => pair is (true, true)), pairs.LongCount(pair => pair is (true, false)),
            pairs.LongCount(pair => pair is (false, true)), pairs.LongCount(pair => pair is (false, false)));
        Assert.Equal(expected, BinaryCounts.Of(said, truth));
    }

    [Fact]
    public void All_pixels_of_a_large_mask_are_counted()
    {
        var full = new byte[300 * 300];
        Array.Fill(full, (byte)255);

        Assert.Equal(new BinaryCounts(90_000, 0, 0, 0), BinaryCounts.Of(full, full));
        Assert.Equal(new BinaryCounts(0, 90_000, 0, 0), BinaryCounts.Of(full, new byte[90_000]));
    }

    [Fact]
    public void Masks_of_different_sizes_are_refused() =>
        Assert.Throws<ArgumentException>(() => BinaryCounts.Of(new byte[3], new byte[4]));
}
