using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class TemperatureTests
{
    [Fact]
    public void Two_classes_are_calibrated_to_the_share_that_is_right()
    {
        // Always a gap of 4 between the scores, right in 3 of 4: p must become 3/4, so 4 / T = ln 3.
        float[] logits = [4, 0, 4, 0, 4, 0, 4, 0];

        Assert.Equal(4 / Math.Log(3), Temperature.Fit(logits, [0, 0, 0, 1], 2), 1e-6);
    }

    [Fact]
    public void The_log_loss_is_least_there()
    {
        var random = new Seed(8).ToRandom();
        float[] logits = [.. Enumerable.Range(0, 300 * 4).Select(_ => (random.NextSingle() * 12) - 6)];
        long[] labels = [.. Enumerable.Range(0, 300).Select(row => random.Next(3) == 0 ? random.Next(-1, 4) : (long)Ranking.First(logits.AsSpan(row * 4, 4)))];

        var best = Temperature.Fit(logits, labels, 4);

        Assert.InRange(best, 1.1, 10);
        var loss = Temperature.LogLoss(logits, labels, 4, best);
        Assert.All(new[] { 0.5, 0.9, 0.99, 1.01, 1.1, 2 }, factor => Assert.True(loss < Temperature.LogLoss(logits, labels, 4, best * factor)));
    }

    [Fact]
    public void Predictions_are_calibrated_through_their_logarithms()
    {
        float[] sure = [0.982014f, 0.017986f];                           // a gap of 4
        Prediction[] predictions = [new("a", 0, sure), new("b", 0, sure), new("c", 0, sure), new("d", 1, sure), new("e", -1, sure)];

        var temperature = Temperature.Fit(predictions);
        float[] calibrated = [.. sure];
        Temperature.Apply(calibrated, temperature);

        Assert.Equal(4 / Math.Log(3), temperature, 1e-4);
        Assert.Equal(0.75, calibrated[0], 1e-5);
        Assert.Equal(0.25, calibrated[1], 1e-5);
    }

    [Fact]
    public void Temperature_one_changes_nothing_and_a_certain_answer_stays_finite()
    {
        float[] probabilities = [0.2f, 0.5f, 0.3f], certain = [1, 0, 0];
        Temperature.Apply(probabilities, 1);
        Temperature.Apply(certain, 2);

        Assert.Equal([0.2f, 0.5f, 0.3f], probabilities, (one, other) => Math.Abs(one - other) < 1e-6);
        Assert.All(certain, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(1, certain.Sum(), 1e-5);
    }

    [Fact]
    public void The_temperature_stays_within_its_bounds()
    {
        Assert.Equal(Temperature.Lowest, Temperature.Fit([1, 0, 0, 1], [0, 1], 2), 1e-6);               // always right
        Assert.Equal(Temperature.Highest, Temperature.Fit([1, 0, 0, 1], [1, 0], 2), 1e-5);              // always wrong
        Assert.Equal(1, Temperature.Fit([1, 0], [-1], 2));
        Assert.Equal(1, Temperature.Fit([]));
    }

    [Fact]
    public void The_log_loss_is_that_of_the_softmax()
    {
        Assert.Equal((Math.Log(1.5) + Math.Log(3)) / 2, Temperature.LogLoss([MathF.Log(2), 0, MathF.Log(2), 0], [0, 1], 2), 1e-6);
        Assert.Equal(Math.Log(2), Temperature.LogLoss([1000, 1000], [1], 2), 1e-6);
    }

    [Fact]
    public void Rows_and_labels_must_fit()
    {
        Assert.Throws<ArgumentException>(() => Temperature.Fit([1, 2, 3], [0], 2));
        Assert.Throws<ArgumentException>(() => Temperature.Fit([1, 2], [2], 2));
    }
}
