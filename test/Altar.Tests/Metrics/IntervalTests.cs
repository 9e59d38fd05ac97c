using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class IntervalTests
{
    [Theory]
    [InlineData(8, 10, 0.4902, 0.9433)]      // Agresti and Coull 1998 and statsmodels' proportion_confint(method="wilson")
    [InlineData(50, 100, 0.4038, 0.5962)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    public void Wilson_gives_the_published_numbers(int successes, int trials, double low, double high)
    {
        var interval = Interval.Wilson(successes, trials);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Without_trials_nothing_is_known() => Assert.Equal(new Interval(0, 1), Interval.Wilson(0, 0));
}
