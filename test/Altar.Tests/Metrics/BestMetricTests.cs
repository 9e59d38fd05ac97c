using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class BestMetricTests
{
    [Theory]
    [InlineData("logloss", 0.4, 0.5, true)]
    [InlineData("logloss", 0.5, 0.4, false)]
    [InlineData("top1", 0.9, 0.8, true)]
    [InlineData("top5", 0.8, 0.9, false)]
    [InlineData("top1", 0.8, 0.8, false)]
    [InlineData("logloss", double.NaN, 0.5, false)]
    [InlineData("logloss", 0.5, double.NaN, true)]
    public void Each_metric_knows_its_direction(string name, double candidate, double best, bool isBetter) =>
        Assert.Equal(isBetter, BestMetric.Parse(name).IsBetter(candidate, best));

    [Fact]
    public void Each_metric_takes_its_own_value() =>
        Assert.Equal([0.3, 0.8, 0.95], BestMetric.All.Select(metric => metric.Of(logLoss: 0.3, top1: 0.8, top5: 0.95)));

    [Fact]
    public void Every_number_is_better_than_the_worst() =>
        Assert.All(BestMetric.All, metric => Assert.True(metric.IsBetter(1e300 * (metric.HigherIsBetter ? -1 : 1), metric.Worst)));

    [Fact]
    public void An_unknown_name_is_an_error_that_lists_the_known_ones() =>
        Assert.Contains("logloss, top1, top5", Assert.Throws<FormatException>(() => BestMetric.Parse("accuracy")).Message, StringComparison.Ordinal);
}
