using Altar.Reports;

namespace Altar.Tests.Reports;

public class RateLogsTests
{
    [Fact]
    public void A_rate_of_zero_is_drawn_a_thousandth_below_the_highest()
    {
        Assert.Equal([-2, -3, -5], PlotPanel.LogsOf([0.01, 0.001, 0]).Select(log => Math.Round(log, 9)));
    }

    [Fact]
    public void Rates_that_are_all_zero_stay_finite()
    {
        Assert.All(PlotPanel.LogsOf([0, 0]), log => Assert.True(double.IsFinite(log)));
    }
}
