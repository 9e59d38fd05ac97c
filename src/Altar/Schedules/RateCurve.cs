using Altar.Tensors;

namespace Altar.Schedules;

/// <summary>A schedule laid over the counted steps of a stage.</summary>
public sealed class RateCurve
{
    private readonly Func<int, double> _rate;

    private RateCurve(int steps, IReadOnlyList<int> cycleEnds, Func<int, double> rate) => (Steps, CycleEnds, _rate) = (steps, cycleEnds, rate);

    /// <summary>Steps of the stage.</summary>
    public int Steps { get; }

    /// <summary>Steps done when each cosine cycle is over, ascending; the last is <see cref="Steps"/>. Empty for other curves.</summary>
    /// <remarks>The rate is at its lowest there: the moment of a snapshot.</remarks>
    public IReadOnlyList<int> CycleEnds { get; }

    /// <summary>The rate of a step.</summary>
    /// <param name="step">Counted over the stage from 0, below <see cref="Steps"/>.</param>
    public double At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
        return _rate(step);
    }

    /// <summary>How many units each of <paramref name="cycles"/> gets; what does not divide goes to the first ones: 10 in 3 is 4, 3, 3.</summary>
    /// <remarks>Every cycle is whole: the formula of arXiv:1704.00109 would cut the last one at a high rate.</remarks>
    /// <param name="units">Steps or epochs.</param>
    /// <param name="cycles">At least 1.</param>
    public static IReadOnlyList<int> CycleLengths(int units, int cycles) =>
        [.. Enumerable.Range(0, cycles).Select(cycle => units / cycles + (cycle < units % cycles ? 1 : 0))];

    /// <summary>Lays <paramref name="options"/> over a stage.</summary>
    /// <param name="options">The schedule.</param>
    /// <param name="peak">The stage's rate.</param>
    /// <param name="steps">Steps of the stage, at least 1.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
    /// <exception cref="BadInputException">More cycles than steps.</exception>
    public static RateCurve Of(ScheduleOptions options, double peak, int steps, int stepsPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);

        var climb = Math.Min(steps - 1, options.WarmupSteps > 0 ? options.WarmupSteps : (int)Math.Round(options.Warmup * stepsPerEpoch));
        var curve = AfterWarmUp(options, peak, steps - climb, stepsPerEpoch, climb);
        if (climb == 0) return curve;

        var top = curve.At(0);
        return new RateCurve(steps, [.. curve.CycleEnds.Select(end => end + climb)],
            step => step < climb ? top * (step + 1) / (climb + 1) : curve.At(step - climb));   // never 0: no step is wasted
    }

    private static RateCurve AfterWarmUp(ScheduleOptions options, double peak, int steps, int stepsPerEpoch, int climbed)
    {
        var floor = peak * options.Floor;
        return options.Curve switch
        {
            ScheduleCurve.Cosine => Cycles(options, peak, steps, stepsPerEpoch),
            ScheduleCurve.Linear => Sampled(Curves.Linear(peak, floor), steps),
            ScheduleCurve.OneCycle => Sampled(Curves.OneCycle(peak), steps),
            ScheduleCurve.Steps => Sampled(Curves.Steps(peak, options.Factor, StepPositions(options.Steps, steps, stepsPerEpoch, climbed)), steps),
            _ => Sampled(Curves.Constant(peak), steps),
        };
    }

    private static RateCurve Sampled(Schedule schedule, int steps) => new(steps, [], step => schedule((double)step / steps));

    // The epochs of a staircase count from the start of the stage, also behind a warm-up.
    private static double[] StepPositions(IReadOnlyList<int> epochs, int steps, int stepsPerEpoch, int climbed) =>
        [.. epochs.Select(epoch => (double)((long)epoch * stepsPerEpoch - climbed) / steps)];

    private static RateCurve Cycles(ScheduleOptions options, double peak, int steps, int stepsPerEpoch)
    {
        var ends = CycleEndsOf(Math.Max(1, options.Cycles), steps, stepsPerEpoch);
        var wave = Curves.Cosine(peak, peak * options.Floor);
        var shift = options.Phase == CyclePhase.Code ? 1 : 0;
        return new RateCurve(steps, ends, step =>
        {
            var cycle = 0;
            while (ends[cycle] <= step) cycle++;
            var start = cycle == 0 ? 0 : ends[cycle - 1];
            return wave((double)(step - start + shift) / (ends[cycle] - start));
        });
    }

    // Cycles end with an epoch where there are enough epochs: a snapshot then has its validation.
    private static List<int> CycleEndsOf(int cycles, int steps, int stepsPerEpoch)
    {
        if (cycles > steps)
            throw new BadInputException($"The schedule has {cycles} cycles, but its stage only {steps} steps: give it fewer cycles (schedule), more epochs, or a smaller batch.");

        var unit = steps % stepsPerEpoch == 0 && steps / stepsPerEpoch >= cycles ? stepsPerEpoch : 1;
        var ends = new List<int>();
        foreach (var length in CycleLengths(steps / unit, cycles)) ends.Add((ends.Count == 0 ? 0 : ends[^1]) + length * unit);
        return ends;
    }
}
