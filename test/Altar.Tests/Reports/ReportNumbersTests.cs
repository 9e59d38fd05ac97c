using Altar.Reports;

namespace Altar.Tests.Reports;

public class ReportNumbersTests
{
    [Theory]
    [InlineData(45, "45 s", "45 s")]
    [InlineData(725, "12 min 5 s", "12.1 min")]
    [InlineData(97200, "27 h 0 min", "27.0 h")]
    public void Durations_are_told_in_the_units_that_matter(int seconds, string full, string brief)
    {
        Assert.Equal(full, ReportNumbers.Duration(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(brief, ReportNumbers.ShortDuration(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void What_is_unknown_is_a_dash() => Assert.Equal("– –", $"{ReportNumbers.Percent(double.NaN)} {ReportNumbers.Real(double.NaN)}");

    [Fact]
    public void Rates_are_short() => Assert.Equal("1e-4, 2.5e-3", $"{ReportNumbers.Rate(1e-4)}, {ReportNumbers.Rate(0.0025)}");
}
