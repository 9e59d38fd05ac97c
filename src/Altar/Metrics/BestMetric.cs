namespace Altar.Metrics;

/// <summary>A validation metric by which checkpoints are chosen: the recipe's <c>data.best</c>.</summary>
public sealed class BestMetric
{
    private readonly Func<double, double, double, double> _of;

    private BestMetric(string name, bool higherIsBetter, Func<double, double, double, double> of) =>
        (Name, HigherIsBetter, _of) = (name, higherIsBetter, of);

    /// <summary>Log-loss: lower is better.</summary>
    public static BestMetric LogLoss { get; } = new("logloss", false, (logLoss, _, _) => logLoss);

    /// <summary>Share of right first guesses: higher is better.</summary>
    public static BestMetric Top1 { get; } = new("top1", true, (_, top1, _) => top1);

    /// <summary>Share with the truth among five guesses: higher is better.</summary>
    public static BestMetric Top5 { get; } = new("top5", true, (_, _, top5) => top5);

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<BestMetric> All { get; } = [LogLoss, Top1, Top5];

    /// <summary>logloss, top1 or top5.</summary>
    public string Name { get; }

    /// <summary>The direction.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>What every value is better than; the start of a search for the best.</summary>
    public double Worst => HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Reads a name.</summary>
    /// <param name="text">logloss, top1 or top5.</param>
    /// <exception cref="FormatException">No such metric.</exception>
    public static BestMetric Parse(string text) =>
        All.FirstOrDefault(metric => metric.Name == text)
        ?? throw new FormatException($"'{text}' is no metric to choose the best by; write {string.Join(", ", All.Select(metric => metric.Name))}.");

    /// <summary>Takes this metric's value out of an epoch's.</summary>
    /// <param name="logLoss">Natural logarithm.</param>
    /// <param name="top1">0 to 1.</param>
    /// <param name="top5">0 to 1.</param>
    public double Of(double logLoss, double top1, double top5) => _of(logLoss, top1, top5);

    /// <summary>Whether a value is better than the best so far. An equal one is not, NaN never is, and every number is better than NaN.</summary>
    /// <param name="candidate">The new value.</param>
    /// <param name="best">The best so far.</param>
    public bool IsBetter(double candidate, double best) =>
        !double.IsNaN(candidate) && (double.IsNaN(best) || (HigherIsBetter ? candidate > best : candidate < best));

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
