using Altar.Schedules;

namespace Altar.Tests.Schedules;

public class ScheduleOptionsTests
{
    [Theory]
    [InlineData("constant", ScheduleCurve.Constant)]
    [InlineData("linear", ScheduleCurve.Linear)]
    [InlineData("cosine", ScheduleCurve.Cosine)]
    [InlineData("one-cycle", ScheduleCurve.OneCycle)]
    public void A_name_is_a_curve(string name, ScheduleCurve curve)
    {
        Assert.Equal(curve, ScheduleOptions.Parse(name).Curve);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<FormatException>(() => ScheduleOptions.Parse("cosin"));

        Assert.Equal("'cosin' is no schedule; write constant, linear, cosine, one-cycle, {cycles: 3} or {steps: [10, 20]}", error.Message);
    }

    [Fact]
    public void Cycles_mean_cosine_and_steps_mean_a_staircase()
    {
        Assert.Equal(ScheduleCurve.Cosine, new ScheduleOptions { Cycles = 3 }.Curve);
        Assert.Equal(ScheduleCurve.Steps, new ScheduleOptions { Steps = [10, 20] }.Curve);
    }

    [Fact]
    public void Each_contradiction_names_its_key()
    {
        Assert.Equal("cycles belong to the cosine curve, not to linear", Problem("cycles", new() { Cycles = 2, Curve = ScheduleCurve.Linear }));
        Assert.Equal("steps do not go with the curve one-cycle; remove one of them", Problem("steps", new() { Steps = [2], Curve = ScheduleCurve.OneCycle }));
        Assert.Equal("the curve steps needs its epochs, e.g. steps: [10, 20]", Problem("steps", new() { Curve = ScheduleCurve.Steps }));
        Assert.Equal("warmup (epochs) is given too; write one of the two", Problem("warmup_steps", new() { Warmup = 1, WarmupSteps = 5 }));
    }

    [Fact]
    public void Each_value_out_of_range_names_its_key()
    {
        Assert.StartsWith("-1 is below 1", Problem("cycles", new() { Cycles = -1 }), StringComparison.Ordinal);
        Assert.StartsWith("1 is outside 0 to 1", Problem("floor", new() { Floor = 1 }), StringComparison.Ordinal);
        Assert.StartsWith("1.5 is outside 0 to 1", Problem("factor", new() { Factor = 1.5 }), StringComparison.Ordinal);
        Assert.StartsWith("-1 is negative", Problem("warmup", new() { Warmup = -1 }), StringComparison.Ordinal);
        Assert.StartsWith("-2 is negative", Problem("warmup_steps", new() { WarmupSteps = -2 }), StringComparison.Ordinal);
        Assert.StartsWith("[20, 10] must be epochs in ascending order", Problem("steps", new() { Steps = [20, 10] }), StringComparison.Ordinal);
    }

    private static string Problem(string key, ScheduleOptions options)
    {
        var problem = Assert.Single(options.Problems());
        Assert.Equal(key, problem.Key);
        return problem.Message;
    }
}
