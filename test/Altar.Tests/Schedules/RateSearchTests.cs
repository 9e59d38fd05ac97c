using Altar.Schedules;
using Altar.Tensors;

namespace Altar.Tests.Schedules;

public class RateSearchTests
{
    private static readonly RateSearchOptions FiveDecades = new() { From = 1e-5, To = 1, Steps = 101 };

    [Fact]
    public void Rates_rise_by_one_factor_from_the_first_to_the_last()
    {
        var search = Run(new RateSearchOptions { From = 0.001, To = 1, Steps = 31 }, _ => 1);

        Assert.Equal(0.001, search.Points[0].Rate, 9);
        Assert.Equal(0.01, search.Points[10].Rate, 9);
        Assert.Equal(1, search.Points[^1].Rate, 9);
        Assert.False(search.GoesOn);
        Assert.False(search.HasDiverged);
    }

    [Fact]
    public void A_flat_curve_suggests_nothing()
    {
        var search = Run(FiveDecades, _ => 2);

        Assert.Equal((null, null, null), (search.Steepest, search.TenthOfLowest, search.Valley));
        Assert.All(search.Points, point => Assert.Equal(2, point.Smoothed, 9));
    }

    [Fact]
    public void Suggestions_lie_on_the_fall_of_a_curve_that_falls_and_rises()
    {
        // Flat to 1e-4, falls to 1e-2, then rises.
        var search = Run(FiveDecades, rate => Math.Log10(rate) switch { < -4 => 3, < -2 and var power => 3 - (power + 4), var power => 1 + (power + 2) });

        Assert.InRange(search.Steepest!.Value, 1e-4, 3e-2);
        Assert.InRange(search.Valley!.Value, 1e-4, 1e-2);
        Assert.InRange(search.TenthOfLowest!.Value, 1e-3, 1e-2);   // smoothing is late by about a decade's fifth
        Assert.True(search.Valley < search.Points.MinBy(point => point.Smoothed).Rate);
    }

    [Fact]
    public void A_search_ends_where_the_loss_explodes()
    {
        var search = Run(FiveDecades, rate => rate > 1e-2 ? 1e4 : 2);

        Assert.True(search.HasDiverged);
        Assert.InRange(search.Points[^1].Rate, 1e-2, 1.2e-2);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_it_and_is_not_kept()
    {
        var search = Run(FiveDecades, rate => rate > 1e-2 ? double.NaN : 2);

        Assert.True(search.HasDiverged);
        Assert.All(search.Points, point => Assert.Equal(2, point.Loss));
    }

    [Theory]
    [InlineData(new double[] { 5, 4, 6, 3, 7, 2 }, 0, 5)]       // 5 4 3 2
    [InlineData(new double[] { 1, 2, 3 }, 0, 0)]
    [InlineData(new double[] { 1, 9, 8, 7, 10 }, 1, 3)]
    [InlineData(new double[0], 0, 0)]
    public void The_longest_fall_may_skip_numbers(double[] values, int start, int end) => Assert.Equal((start, end), RateSearch.LongestFall(values));

    [Fact]
    public void Options_out_of_range_are_bad_input()
    {
        Assert.Throws<BadInputException>(() => new RateSearch(new RateSearchOptions { From = 0 }));
        Assert.Throws<BadInputException>(() => new RateSearch(new RateSearchOptions { From = 1, To = 0.5 }));
        Assert.Throws<BadInputException>(() => new RateSearch(new RateSearchOptions { Steps = 9 }));
    }

    private static RateSearch Run(RateSearchOptions options, Func<double, double> loss)
    {
        var search = new RateSearch(options);
        while (search.GoesOn) search.Add(loss(search.NextRate));
        return search;
    }
}
