using System.Text.Json;
using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class MetricTests
{
    [Theory]
    [InlineData("logloss", 0.4, 0.5, true)]
    [InlineData("logloss", 0.5, 0.4, false)]
    [InlineData("loss", 0.4, 0.5, true)]
    [InlineData("top1", 0.9, 0.8, true)]
    [InlineData("top5", 0.8, 0.9, false)]
    [InlineData("top1", 0.8, 0.8, false)]
    [InlineData("category.top1", 0.9, 0.8, true)]
    [InlineData("price.mae", 9, 8, false)]
    [InlineData("logloss", double.NaN, 0.5, false)]
    [InlineData("logloss", 0.5, double.NaN, true)]
    public void Each_metric_knows_its_direction(string name, double candidate, double best, bool isBetter) =>
        Assert.Equal(isBetter, new Metric(name).IsBetter(candidate, best));

    [Theory]
    [InlineData("logloss", "log-loss")]
    [InlineData("iou", "IoU")]
    [InlineData("category.top1", "category top-1")]
    [InlineData("price.mae", "price mean error")]
    public void Titles_are_what_people_write(string name, string title) => Assert.Equal(title, new Metric(name).Title);

    [Fact]
    public void Every_number_is_better_than_the_worst() =>
        Assert.All([Metric.LogLoss, Metric.Top1], metric => Assert.True(metric.IsBetter(1e300 * (metric.HigherIsBetter ? -1 : 1), metric.Worst)));

    [Fact]
    public void An_unknown_name_is_an_error_that_lists_the_known_ones() =>
        Assert.Contains("logloss, top1", Assert.Throws<FormatException>(() => Metric.Parse("accuracy", [Metric.LogLoss, Metric.Top1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_keep_their_order_and_know_loss_and_headline()
    {
        var values = new MetricValues((Metric.LogLoss, 0.5), (Metric.Top1, 0.8), (Metric.Top5, 0.9));

        Assert.Equal([Metric.LogLoss, Metric.Top1, Metric.Top5], values.Metrics);
        Assert.Equal((Metric.LogLoss, Metric.Top1), (values.Loss, values.Headline));
        Assert.Equal(0.8, values["top1"]);
        Assert.True(double.IsNaN(values["iou"]));
    }

    [Fact]
    public void Values_come_back_from_json_with_the_same_bits_also_those_of_a_diverged_run()
    {
        var values = new MetricValues((Metric.LogLoss, double.NaN), (Metric.Top1, 0.1 + 0.2), (Metric.Top5, double.PositiveInfinity));

        var text = JsonSerializer.Serialize(values);

        Assert.Equal("""{"logloss":"NaN","top1":0.30000000000000004,"top5":"Infinity"}""", text);
        Assert.Equal(values, JsonSerializer.Deserialize<MetricValues>(text));
    }
}
