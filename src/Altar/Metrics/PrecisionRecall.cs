namespace Altar.Metrics;

/// <summary>Precision and recall of a label at every threshold that its scores allow.</summary>
/// <remarks>What scores at least the threshold is said to have the label.</remarks>
public sealed class PrecisionRecall
{
    private readonly LabelThreshold[] _steps;                    // by falling threshold

    private PrecisionRecall(LabelThreshold[] steps, long positives, long negatives) => (_steps, Positives, Negatives) = (steps, positives, negatives);

    /// <summary>Samples that have the label.</summary>
    public long Positives { get; }

    /// <summary>Samples that do not.</summary>
    public long Negatives { get; }

    /// <summary>Every distinct score as a threshold, the highest first.</summary>
    public IReadOnlyList<LabelThreshold> Steps => _steps;

    /// <summary>The area under the steps: the sum of precision times the recall gained, 0 to 1; higher is better. NaN without positives.</summary>
    /// <remarks>Equal scores are one step, so their order does not matter. No interpolation: as scikit-learn's average_precision_score.</remarks>
    public double AveragePrecision
    {
        get
        {
            if (Positives == 0) return double.NaN;
            var (area, before) = (0.0, 0L);
            foreach (var step in _steps)
            {
                area += (double)(step.Counts.TruePositives - before) / Positives * step.Counts.Precision;
                before = step.Counts.TruePositives;
            }

            return area;
        }
    }

    /// <summary>Sorts scores.</summary>
    /// <param name="positives">Scores of samples that have the label; no NaN.</param>
    /// <param name="negatives">Scores of samples that do not; no NaN.</param>
    /// <exception cref="ArgumentException">A score is NaN.</exception>
    public static PrecisionRecall From(IEnumerable<float> positives, IEnumerable<float> negatives)
    {
        var (ofTrue, ofOther) = (Falling(positives), Falling(negatives));
        var steps = new List<LabelThreshold>();
        for (var (found, alarms) = (0, 0); found < ofTrue.Length || alarms < ofOther.Length;)
        {
            var threshold = Math.Max(found < ofTrue.Length ? ofTrue[found] : float.NegativeInfinity, alarms < ofOther.Length ? ofOther[alarms] : float.NegativeInfinity);
            while (found < ofTrue.Length && ofTrue[found] >= threshold) found++;
            while (alarms < ofOther.Length && ofOther[alarms] >= threshold) alarms++;
            steps.Add(new LabelThreshold(threshold, new BinaryCounts(found, alarms, ofTrue.Length - found, ofOther.Length - alarms)));
        }

        return new PrecisionRecall([.. steps], ofTrue.Length, ofOther.Length);
    }

    /// <summary>The counts at a threshold.</summary>
    /// <param name="threshold">Any number.</param>
    public BinaryCounts At(double threshold)
    {
        var last = Array.FindLastIndex(_steps, step => step.Threshold >= threshold);
        return last < 0 ? new BinaryCounts(0, 0, Positives, Negatives) : _steps[last].Counts;
    }

    /// <summary>The threshold with the best F1; of equal ones the highest. Null without positives.</summary>
    public LabelThreshold? BestF1() => Positives == 0 ? null : _steps.MaxBy(step => step.Counts.F1);

    /// <summary>The threshold that finds the most while its precision is at least the wanted one; of equal ones the highest. Null where none reaches it.</summary>
    /// <param name="wanted">In [0, 1].</param>
    public LabelThreshold? ForPrecision(double wanted)
    {
        LabelThreshold[] enough = [.. _steps.Where(step => step.Counts.TruePositives > 0 && step.Counts.Precision >= wanted)];
        return enough.Length == 0 ? null : enough.MaxBy(step => step.Counts.TruePositives);
    }

    /// <summary>The highest threshold that still finds the wanted share. Null without positives.</summary>
    /// <param name="wanted">In [0, 1].</param>
    public LabelThreshold? ForRecall(double wanted)
    {
        var index = Array.FindIndex(_steps, step => step.Counts.Recall >= wanted);
        return index < 0 ? null : _steps[index];
    }

    private static float[] Falling(IEnumerable<float> scores)
    {
        float[] sorted = [.. scores];
        if (Array.Exists(sorted, float.IsNaN)) throw new ArgumentException("a score is NaN; the network has diverged.", nameof(scores));
        Array.Sort(sorted, (one, other) => other.CompareTo(one));
        return sorted;
    }
}

/// <summary>A threshold and what it does.</summary>
/// <param name="Threshold">What scores at least this is said to have the label.</param>
/// <param name="Counts">Over all samples.</param>
public readonly record struct LabelThreshold(double Threshold, BinaryCounts Counts);
