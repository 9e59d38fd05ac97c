using Altar.Schedules;

namespace Altar.Tests.Schedules;

public class CurvesTests
{
    [Fact]
    public void Cosine_passes_the_middle_between_its_ends()
    {
        Assert.Equal([0.2, 0.11, 0.02], At(Curves.Cosine(0.2, 0.02), 0, 0.5, 1));
    }

    [Fact]
    public void Linear_is_a_straight_line()
    {
        Assert.Equal([1, 0.75, 0.5, 0], At(Curves.Linear(1, 0), 0, 0.25, 0.5, 1));
    }

    [Fact]
    public void Cosine_cycles_jump_back_to_the_peak_and_end_at_the_floor()
    {
        Assert.Equal([0.1, 0.05, 0.1, 0.05, 0], At(Curves.CosineCycles(2, 0.1), 0, 0.25, 0.5, 0.75, 1));
    }

    [Fact]
    public void Steps_multiply_the_rate_at_each_position()
    {
        Assert.Equal([1, 0.1, 0.1, 0.01], At(Curves.Steps(1, 0.1, 0.25, 0.75), 0.2, 0.25, 0.7, 0.9));
    }

    [Fact]
    public void One_cycle_climbs_to_the_peak_and_ends_far_below_its_start()
    {
        Assert.Equal([0.04, 1, 0.000004], At(Curves.OneCycle(1), 0, 0.3, 1));
    }

    [Fact]
    public void Then_gives_each_curve_its_whole_range()
    {
        var curve = Curves.Linear(0, 1).Then(0.25, Curves.Linear(1, 0));

        Assert.Equal([0, 0.48, 1, 0.5, 0], At(curve, 0, 0.12, 0.25, 0.625, 1));
    }

    [Fact]
    public void A_warm_up_ends_at_the_first_rate_of_the_curve()
    {
        Assert.Equal([0, 0.1, 0.2, 0.1, 0], At(Curves.Linear(0.2, 0).WithWarmUp(0.5), 0, 0.25, 0.5, 0.75, 1));
    }

    private static IEnumerable<double> At(Schedule schedule, params double[] positions) => positions.Select(t => Math.Round(schedule(t), 6));
}
