using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class ThresholdSweepTests
{
    [Fact]
    public void Counts_at_every_threshold_equal_those_of_thresholded_masks()
    {
        var random = new Seed(2).ToRandom();
        float[] probabilities = [0, 1, 0.5f, 1 / 256f, MathF.BitDecrement(0.5f), .. Enumerable.Range(0, 500).Select(_ => random.NextSingle())];
        byte[] truth = [.. probabilities.Select(p => random.NextDouble() < p ? (byte)255 : (byte)0)];
        var sweep = new ThresholdSweep();
        sweep.Add(probabilities.AsSpan(0, 200), truth.AsSpan(0, 200));
        sweep.Add(probabilities.AsSpan(200), truth.AsSpan(200));

        for (var level = 0; level < ThresholdSweep.Levels; level++)
        {
            byte[] said = [.. probabilities.Select(p => p >= level / 256.0 ? (byte)1 : (byte)0)];
            Assert.Equal(BinaryCounts.Of(said, truth), sweep.At(level));
        }
    }

    [Fact]
    public void The_best_threshold_divides_the_classes_and_lies_nearest_to_the_half()
    {
        var sweep = new ThresholdSweep();
        sweep.Add([0.1f, 0.2f, 0.3f, 0.4f], new byte[] { 0, 0, 1, 1 });

        // All thresholds above 0.2 up to 0.3 are perfect; 76 / 256 = 0.297 is the last.
        Assert.Equal(new SweptThreshold(76 / 256.0, new BinaryCounts(2, 0, 0, 2)), sweep.BestIou());
        Assert.Equal(sweep.BestIou(), sweep.BestDice());
    }

    [Fact]
    public void Any_share_can_be_the_goal()
    {
        var sweep = new ThresholdSweep();
        sweep.Add([0.9f, 0.7f, 0.6f, 0.2f], new[] { 1L, 0, 1, -1 });

        Assert.Equal(1, sweep.Best(counts => counts.Precision).Counts.Precision);
        Assert.Equal(new BinaryCounts(2, 1, 0, 0), sweep.Best(counts => counts.Recall).Counts);
        Assert.Equal(3, sweep.At(0).Total);
    }

    [Fact]
    public void Where_nothing_is_known_the_threshold_is_a_half() =>
        Assert.Equal(0.5, new ThresholdSweep().BestIou().Threshold);

    [Fact]
    public void A_probability_that_is_no_number_counts_as_zero()
    {
        var sweep = new ThresholdSweep();
        sweep.Add([float.NaN], new byte[] { 1 });

        Assert.Equal(new BinaryCounts(0, 0, 1, 0), sweep.At(1));
    }

    [Fact]
    public void Every_probability_needs_a_pixel() =>
        Assert.Throws<ArgumentException>(() => new ThresholdSweep().Add(new float[2], new byte[3]));
}
