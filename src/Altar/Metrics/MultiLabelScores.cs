namespace Altar.Metrics;

/// <summary>How one of several labels fares.</summary>
/// <param name="Name">Name of the label.</param>
/// <param name="Threshold">What scores at least this was said to have it.</param>
/// <param name="Counts">Over the samples for which it is known: precision, recall and F1 are its shares.</param>
/// <param name="AveragePrecision">Over all thresholds, 0 to 1; NaN without positives.</param>
public sealed record LabelScore(string Name, double Threshold, BinaryCounts Counts, double AveragePrecision);

/// <summary>How labels that do not exclude each other fare, 0 to 1; higher is better.</summary>
/// <param name="PerLabel">One for each label, in the order of the outputs.</param>
public sealed record MultiLabelScores(IReadOnlyList<LabelScore> PerLabel)
{
    /// <summary>Mean F1 of the labels that occur or were said; NaN where none is.</summary>
    public double MacroF1 => Mean(score => score.Counts.F1);

    /// <summary>F1 of all labels' counts together.</summary>
    public double MicroF1 => PerLabel.Aggregate(default(BinaryCounts), (sum, score) => sum + score.Counts).F1;

    /// <summary>Mean average precision of the labels that occur; NaN where none does.</summary>
    public double MeanAveragePrecision => Mean(score => score.AveragePrecision);

    private double Mean(Func<LabelScore, double> value) => PerLabel.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
