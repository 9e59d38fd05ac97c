namespace Altar.Schedules;

/// <summary>One step of a search for a rate.</summary>
/// <param name="Rate">Learning rate of the step.</param>
/// <param name="Loss">Loss of its batch before the move.</param>
/// <param name="Smoothed">Mean of the losses so far, the late ones weighing most.</param>
public readonly record struct RatePoint(double Rate, double Loss, double Smoothed);

/// <summary>A rate finder's curve: losses at rates that rise from step to step, and the rates that it suggests (Smith, arXiv:1506.01186; the suggestions are fastai's).</summary>
public sealed class RateSearch
{
    /// <summary>The search is over when the smoothed loss is this many times its lowest: 4, as in fastai.</summary>
    public const double Divergence = 4;

    private const double Smoothing = 0.95, LeastFall = 0.01;   // of the loss; less is noise
    private readonly RateSearchOptions _options;
    private readonly List<RatePoint> _points = [];
    private double _mean;

    /// <summary>Begins a search.</summary>
    /// <param name="options">Which rates.</param>
    public RateSearch(RateSearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
    }

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<RatePoint> Points => _points;

    /// <summary>Whether the loss went out of bounds before the last rate.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Whether the next step shall be taken.</summary>
    public bool GoesOn => !HasDiverged && _points.Count < _options.Steps;

    /// <summary>The rate of the next step: each is the same factor above the one before.</summary>
    public double NextRate => _options.From * Math.Pow(_options.To / _options.From, (double)_points.Count / (_options.Steps - 1));

    /// <summary>Adds the loss of a step at <see cref="NextRate"/>. A loss that is no number ends the search and is not kept.</summary>
    /// <param name="loss">Loss of the batch before the move.</param>
    public void Add(double loss)
    {
        if (!double.IsFinite(loss))
        {
            HasDiverged = true;
            return;
        }

        _mean = (Smoothing * _mean) + ((1 - Smoothing) * loss);
        var smoothed = _mean / (1 - Math.Pow(Smoothing, _points.Count + 1));   // without the pull of the zero that it began with
        var lowest = _points.Count == 0 ? smoothed : _points.Min(point => point.Smoothed);
        _points.Add(new RatePoint(NextRate, loss, smoothed));
        HasDiverged = smoothed > Divergence * lowest;
    }

    /// <summary>Where the smoothed loss falls fastest: a rate that surely learns. Null where it falls nowhere.</summary>
    public double? Steepest
    {
        get
        {
            var curve = Settled();
            var steepest = Enumerable.Range(1, Math.Max(0, curve.Count - 2)).Select(i => (curve[i].Rate, Slope: Slope(curve, i))).DefaultIfEmpty().MinBy(place => place.Slope);
            return steepest.Slope < 0 ? steepest.Rate : null;
        }
    }

    /// <summary>A tenth of the rate with the lowest smoothed loss: a rate with some distance from where it rises. Null where the loss only rose.</summary>
    public double? TenthOfLowest
    {
        get
        {
            var curve = Settled();
            var lowest = curve.Count == 0 ? -1 : Enumerable.Range(0, curve.Count).MinBy(i => curve[i].Smoothed);
            return lowest > 0 ? curve[lowest].Rate / 10 : null;
        }
    }

    /// <summary>The middle of the longest fall: half of its length from its start, where it is under way and far from its end. The one to begin with. Null where nothing falls.</summary>
    public double? Valley
    {
        get
        {
            var curve = Settled();
            var (start, end) = LongestFall([.. curve.Select(point => point.Smoothed)]);
            return end > start ? curve[start + ((end - start) / 2)].Rate : null;
        }
    }

    /// <summary>Of how many numbers the longest falling subsequence, which may skip numbers, begins and ends: O(n²), n is a few hundred.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>Indexes of its first and last number; equal where nothing falls.</returns>
    internal static (int Start, int End) LongestFall(IReadOnlyList<double> values)
    {
        var (lengths, starts, best) = (new int[values.Count], new int[values.Count], 0);
        for (var i = 0; i < values.Count; i++)
        {
            (lengths[i], starts[i]) = (1, i);
            for (var j = 0; j < i; j++)
            {
                if (values[i] < values[j] && lengths[j] >= lengths[i]) (lengths[i], starts[i]) = (lengths[j] + 1, starts[j]);
            }

            if (lengths[i] > lengths[best]) best = i;
        }

        return values.Count == 0 ? (0, 0) : (starts[best], best);
    }

    // The first tenth is the smoothing's start; where the search diverged, its last steps are the explosion. Empty where nothing falls.
    private List<RatePoint> Settled()
    {
        List<RatePoint> curve = [.. _points.Skip(_points.Count / 10).SkipLast(HasDiverged ? Math.Min(5, _points.Count / 10) : 0)];
        return curve.Count > 0 && curve.Min(point => point.Smoothed) < (1 - LeastFall) * curve[0].Smoothed ? curve : [];
    }

    // Per factor of e in the rate; rates are evenly spaced there.
    private static double Slope(List<RatePoint> curve, int i) =>
        (curve[i + 1].Smoothed - curve[i - 1].Smoothed) / Math.Log(curve[i + 1].Rate / curve[i - 1].Rate);
}
