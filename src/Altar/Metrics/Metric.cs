namespace Altar.Metrics;

/// <summary>A validation figure by its name: what columns of metrics.csv, the recipe's <c>data.best</c> and JSON call it.</summary>
/// <param name="Name">E.g. "logloss", "top1" or "iou"; of one head of several with its name before it: "category.top1".</param>
public sealed record Metric(string Name)
{
    /// <summary>Mean of -log p(truth), natural logarithm.</summary>
    public static Metric LogLoss { get; } = new("logloss");

    /// <summary>Mean of what training minimises, where that is no plain log-loss.</summary>
    public static Metric Loss { get; } = new("loss");

    /// <summary>Share of right first guesses.</summary>
    public static Metric Top1 { get; } = new("top1");

    /// <summary>Share with the truth among five guesses.</summary>
    public static Metric Top5 { get; } = new("top5");

    /// <summary>Intersection over union of pixels.</summary>
    public static Metric Iou { get; } = new("iou");

    /// <summary>Twice the intersection over the sum of both areas.</summary>
    public static Metric Dice { get; } = new("dice");

    /// <summary>Share of right pixels.</summary>
    public static Metric Accuracy { get; } = new("accuracy");

    /// <summary>The name of its head, or null.</summary>
    public string? Head => Name.Contains('.', StringComparison.Ordinal) ? Name[..Name.LastIndexOf('.')] : null;

    /// <summary>What it measures, without its head.</summary>
    public string Kind => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>As people write it: "log-loss", "top-1", "category top-1".</summary>
    public string Title => (Head is { } head ? $"{head} " : "") + Kind switch
    {
        "logloss" => "log-loss",
        "top1" => "top-1",
        "top5" => "top-5",
        "iou" => "IoU",
        "dice" => "Dice",
        "f1" => "F1",
        "mae" => "mean error",
        var kind => kind,
    };

    /// <summary>The direction: losses and errors are better when lower, shares when higher.</summary>
    public bool HigherIsBetter => !Kind.EndsWith("loss", StringComparison.Ordinal) && Kind != "mae";

    /// <summary>What every value is better than; the start of a search for the best.</summary>
    public double Worst => HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Reads the name of a metric that a run has.</summary>
    /// <param name="text">The name.</param>
    /// <param name="known">What the run measures.</param>
    /// <exception cref="FormatException">It does not measure that.</exception>
    public static Metric Parse(string text, IReadOnlyList<Metric> known) =>
        known.FirstOrDefault(metric => metric.Name == text)
        ?? throw new FormatException($"'{text}' is no metric to choose the best by; write {string.Join(", ", known.Select(metric => metric.Name))}.");

    /// <summary>Whether a value is better than the best so far. An equal one is not, NaN never is, and every number is better than NaN.</summary>
    /// <param name="candidate">The new value.</param>
    /// <param name="best">The best so far.</param>
    public bool IsBetter(double candidate, double best) =>
        !double.IsNaN(candidate) && (double.IsNaN(best) || (HigherIsBetter ? candidate > best : candidate < best));

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
