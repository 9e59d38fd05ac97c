using Altar.Ensembling;

namespace Altar.Tests.Ensembling;

public class ProbabilityMeanTests
{
    [Fact]
    public void The_geometric_mean_of_a_tenth_and_nine_tenths_is_three_tenths()
    {
        Assert.Equal(0.3, ProbabilityMean.Of([0.1, 0.9], MeanKind.Geometric), 12);
        Assert.Equal(0.5, ProbabilityMean.Of([0.1, 0.9], MeanKind.Arithmetic), 12);
    }

    [Fact]
    public void A_geometric_mean_of_rows_sums_to_one()
    {
        var mean = ProbabilityMean.OfRows([[0.9f, 0.1f], [0.1f, 0.9f], [0.8f, 0.2f]], MeanKind.Geometric);

        var (first, second) = (Math.Cbrt(0.9 * 0.1 * 0.8), Math.Cbrt(0.1 * 0.9 * 0.2));
        Assert.Equal(first / (first + second), mean[0], 6);
        Assert.Equal(1, mean.Sum(), 6);
    }

    [Fact]
    public void A_member_that_is_sure_it_is_not_so_does_not_make_a_geometric_mean_of_nothing()
    {
        var mean = ProbabilityMean.OfRows([[0f, 1f], [1f, 0f]], MeanKind.Geometric);

        Assert.Equal([0.5f, 0.5f], mean);
    }

    [Fact]
    public void A_single_row_is_left_as_it_is()
    {
        float[] row = [0.25f, 0.75f];

        Assert.Same(row, ProbabilityMean.OfRows([row], MeanKind.Geometric));
    }
}
