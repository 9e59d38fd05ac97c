namespace Altar.Schedules;

/// <summary>The curves a learning rate can follow, as pure functions of 0 to 1, and how they combine.</summary>
public static class Curves
{
    /// <summary>The same rate throughout.</summary>
    /// <param name="rate">Learning rate.</param>
    public static Schedule Constant(double rate) => _ => rate;

    /// <summary>A straight line.</summary>
    /// <param name="start">Rate at 0.</param>
    /// <param name="end">Rate at 1.</param>
    public static Schedule Linear(double start, double end) => t => start + (end - start) * t;

    /// <summary>Half a cosine wave: flat at both ends (arXiv:1608.03983 without restarts).</summary>
    /// <param name="start">Rate at 0.</param>
    /// <param name="end">Rate at 1.</param>
    public static Schedule Cosine(double start, double end) => t => end + (start - end) * 0.5 * (1 + Math.Cos(Math.PI * t));

    /// <summary>A staircase: the rate is multiplied at each of the given positions.</summary>
    /// <param name="start">Rate before the first of them.</param>
    /// <param name="factor">What each multiplies the rate by, usually 0.1.</param>
    /// <param name="at">Positions in [0, 1].</param>
    public static Schedule Steps(double start, double factor, params IReadOnlyList<double> at) =>
        t => start * Math.Pow(factor, at.Count(position => t >= position));

    /// <summary>Equal cosine cycles, each from the peak to the floor: the curve of snapshot ensembles (arXiv:1704.00109).</summary>
    /// <param name="cycles">Number of cycles, at least 1.</param>
    /// <param name="peak">Rate at the start of each.</param>
    /// <param name="floor">Rate that each ends at.</param>
    /// <remarks>Steps rarely divide evenly: <see cref="RateCurve"/> lays whole cycles over counted steps.</remarks>
    public static Schedule CosineCycles(int cycles, double peak, double floor = 0) =>
        t => Cosine(peak, floor)(t >= 1 ? 1 : t * cycles % 1);

    /// <summary>Up, then far down (arXiv:1708.07120), with the divisors of PyTorch's OneCycleLR: 25 below the peak at the start, 10 000 below that at the end.</summary>
    /// <param name="peak">The highest rate.</param>
    /// <param name="rise">Share of the run that climbs, in (0, 1). Default 0.3.</param>
    public static Schedule OneCycle(double peak, double rise = 0.3) =>
        Cosine(peak / 25, peak).Then(rise, Cosine(peak, peak / 25 / 1e4));

    /// <summary>One curve for the leading share of the run, another for the rest.</summary>
    /// <param name="first">Runs its whole 0 to 1 in the leading share.</param>
    /// <param name="fraction">That share, in [0, 1].</param>
    /// <param name="second">Runs its whole 0 to 1 in the rest.</param>
    public static Schedule Then(this Schedule first, double fraction, Schedule second) =>
        t => t < fraction ? first(t / fraction) : second((t - fraction) / (1 - fraction));

    /// <summary>Climbs in a straight line to the curve's first rate, then runs the whole curve in what is left.</summary>
    /// <param name="schedule">The curve.</param>
    /// <param name="fraction">Share of the run that climbs, in [0, 1).</param>
    /// <param name="start">Rate at 0. Default 0.</param>
    public static Schedule WithWarmUp(this Schedule schedule, double fraction, double start = 0) =>
        Linear(start, schedule(0)).Then(fraction, schedule);
}
