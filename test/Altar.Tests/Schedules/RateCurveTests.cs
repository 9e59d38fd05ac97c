using Altar.Schedules;
using Altar.Tensors;

namespace Altar.Tests.Schedules;

public class RateCurveTests
{
    [Fact]
    public void Paper_cycles_start_at_the_peak_and_end_just_above_the_floor()
    {
        double[] cycle = [0.1, 0.085355, 0.05, 0.014645];

        Assert.Equal([.. cycle, .. cycle, .. cycle], Rates(new ScheduleOptions { Cycles = 3 }, 12));
    }

    [Fact]
    public void Code_cycles_start_just_below_the_peak_and_end_at_the_floor()
    {
        double[] cycle = [0.085355, 0.05, 0.014645, 0];

        Assert.Equal([.. cycle, .. cycle, .. cycle], Rates(new ScheduleOptions { Cycles = 3, Phase = CyclePhase.Code }, 12));
    }

    [Fact]
    public void What_does_not_divide_goes_to_the_first_cycles_and_every_cycle_is_whole()
    {
        Assert.Equal([4, 3, 3], RateCurve.CycleLengths(10, 3));
        Assert.Equal([0.085355, 0.05, 0.014645, 0, 0.075, 0.025, 0, 0.075, 0.025, 0], Rates(new ScheduleOptions { Cycles = 3, Phase = CyclePhase.Code }, 10));
        Assert.Equal([0.1, 0.085355, 0.05, 0.014645, 0.1, 0.075, 0.025, 0.1, 0.075, 0.025], Rates(new ScheduleOptions { Cycles = 3 }, 10));
    }

    [Fact]
    public void Cycles_end_with_an_epoch_where_there_are_epochs_enough()
    {
        Assert.Equal([8, 14, 20], new ScheduleOptions { Cycles = 3 }.ToRates(0.1, stepsInStage: 20, stepsPerEpoch: 2).CycleEnds);   // 4, 3, 3 epochs
        Assert.Equal([7, 14, 20], new ScheduleOptions { Cycles = 3 }.ToRates(0.1, stepsInStage: 20, stepsPerEpoch: 10).CycleEnds);  // 2 epochs
    }

    [Fact]
    public void The_floor_is_a_share_of_the_rate()
    {
        Assert.Equal([0.1, 0.055], Rates(new ScheduleOptions { Curve = ScheduleCurve.Linear, Floor = 0.1 }, 2));
        Assert.Equal([0.055, 0.01], Rates(new ScheduleOptions { Curve = ScheduleCurve.Cosine, Floor = 0.1, Phase = CyclePhase.Code }, 2));
    }

    [Fact]
    public void A_staircase_falls_at_the_end_of_the_named_epochs()
    {
        var rates = new ScheduleOptions { Steps = [1, 3] }.ToRates(1, stepsInStage: 8, stepsPerEpoch: 2);

        Assert.Equal([1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01], Rounded(rates));
    }

    [Fact]
    public void A_staircase_falls_at_the_same_step_with_a_warm_up_before_it()
    {
        var rates = new ScheduleOptions { Steps = [2], WarmupSteps = 1 }.ToRates(1, stepsInStage: 6, stepsPerEpoch: 2);

        Assert.Equal([0.5, 1, 1, 1, 0.1, 0.1], Rounded(rates));
    }

    [Fact]
    public void A_warm_up_climbs_in_equal_parts_and_the_whole_curve_follows()
    {
        var inSteps = new ScheduleOptions { Curve = ScheduleCurve.Linear, WarmupSteps = 3 }.ToRates(0.4, stepsInStage: 7, stepsPerEpoch: 1);
        var inEpochs = new ScheduleOptions { Curve = ScheduleCurve.Linear, Warmup = 1.5 }.ToRates(0.4, stepsInStage: 7, stepsPerEpoch: 2);

        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.3, 0.2, 0.1], Rounded(inSteps));
        Assert.Equal(Rounded(inSteps), Rounded(inEpochs));
    }

    [Fact]
    public void Cycles_behind_a_warm_up_end_where_the_rate_is_lowest()
    {
        var rates = new ScheduleOptions { Cycles = 2, WarmupSteps = 2, Phase = CyclePhase.Code }.ToRates(0.1, stepsInStage: 8, stepsPerEpoch: 8);

        Assert.Equal([5, 8], rates.CycleEnds);
        Assert.Equal([0, 0], rates.CycleEnds.Select(end => Math.Round(rates.At(end - 1), 9)));
    }

    [Fact]
    public void A_warm_up_that_fills_the_stage_still_reaches_the_rate_in_its_last_step()
    {
        Assert.Equal([0.1, 0.2, 0.3, 0.4], Rounded(new ScheduleOptions { Warmup = 1 }.ToRates(0.4, stepsInStage: 4, stepsPerEpoch: 4)));
    }

    [Fact]
    public void A_constant_rate_has_no_cycles()
    {
        var rates = new ScheduleOptions().ToRates(0.1, 3, 3);

        Assert.Equal([0.1, 0.1, 0.1], Rounded(rates));
        Assert.Empty(rates.CycleEnds);
    }

    [Fact]
    public void More_cycles_than_steps_are_refused()
    {
        var error = Assert.Throws<BadInputException>(() => new ScheduleOptions { Cycles = 3 }.ToRates(0.1, 2, 1));

        Assert.Contains("3 cycles, but its stage only 2 steps", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<double> Rates(ScheduleOptions options, int steps) => Rounded(options.ToRates(0.1, steps, stepsPerEpoch: 1));

    private static IEnumerable<double> Rounded(RateCurve rates) => Enumerable.Range(0, rates.Steps).Select(step => Math.Round(rates.At(step), 6));
}
