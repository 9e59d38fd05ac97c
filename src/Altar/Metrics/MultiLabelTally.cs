namespace Altar.Metrics;

/// <summary>Keeps the scores of labels that do not exclude each other; 4 bytes for each known label of a sample.</summary>
/// <param name="labels">Names of the labels, in the order of the outputs.</param>
public sealed class MultiLabelTally(IReadOnlyList<string> labels)
{
    private readonly List<float>[] _positives = [.. labels.Select(_ => new List<float>())], _negatives = [.. labels.Select(_ => new List<float>())];

    /// <summary>Adds a sample.</summary>
    /// <param name="probabilities">One for each label, 0 to 1.</param>
    /// <param name="targets">One for each label: 1 holds, 0 does not, -1 is not known and passed over.</param>
    /// <exception cref="ArgumentException">Another number of labels, or another target.</exception>
    public void Add(ReadOnlySpan<float> probabilities, ReadOnlySpan<long> targets)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, labels.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(targets.Length, labels.Count);
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i] == -1) continue;
            (targets[i] switch
            {
                0 => _negatives,
                1 => _positives,
                var other => throw new ArgumentException($"label {labels[i]} has the target {other}; write 1, 0, or -1 where it is not known.", nameof(targets)),
            })[i].Add(probabilities[i]);
        }
    }

    /// <summary>Precision and recall of a label at every threshold.</summary>
    /// <param name="label">Its index.</param>
    public PrecisionRecall CurveOf(int label) => PrecisionRecall.From(_positives[label], _negatives[label]);

    /// <summary>The scores at given thresholds.</summary>
    /// <param name="thresholds">One for each label.</param>
    /// <exception cref="ArgumentException">Another number of thresholds.</exception>
    public MultiLabelScores Scores(IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentOutOfRangeException.ThrowIfNotEqual(thresholds.Count, labels.Count, nameof(thresholds));
        return new MultiLabelScores([.. labels.Select((_, i) => ScoreOf(i, thresholds[i]))]);
    }

    /// <summary>The scores at one threshold for all labels.</summary>
    /// <param name="threshold">Default 0.5.</param>
    public MultiLabelScores Scores(double threshold = 0.5) => Scores([.. labels.Select(_ => threshold)]);

    /// <summary>The thresholds with the best F1 of each label; 0.5 for a label without positives. Choose them on val, and judge on other samples.</summary>
    public IReadOnlyList<double> BestThresholds() => [.. labels.Select((_, i) => CurveOf(i).BestF1()?.Threshold ?? 0.5)];

    private LabelScore ScoreOf(int label, double threshold)
    {
        var curve = CurveOf(label);
        return new LabelScore(labels[label], threshold, curve.At(threshold), curve.AveragePrecision);
    }
}
