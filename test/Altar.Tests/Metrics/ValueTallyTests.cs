using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class ValueTallyTests
{
    [Fact]
    public void Errors_are_averaged_over_known_targets()
    {
        var tally = new ValueTally();
        Assert.True(double.IsNaN(tally.MeanAbsoluteError));

        tally.Add(3, 1);
        tally.Add(0, 4);
        tally.Add(100, double.NaN);

        Assert.Equal((2, 3.0, Math.Sqrt(10), -1.0), (tally.Count, tally.MeanAbsoluteError, tally.RootMeanSquaredError, tally.Bias));
    }
}
