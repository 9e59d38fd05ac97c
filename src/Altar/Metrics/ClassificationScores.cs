namespace Altar.Metrics;

/// <summary>How well the first guesses and the probabilities of a network agree with the truth.</summary>
/// <remarks>Over no pictures every share and loss is NaN, and the interval is 0 to 1. With one class every guess is right.</remarks>
public sealed record ClassificationScores
{
    /// <summary>Pictures with a known class.</summary>
    public required long Pictures { get; init; }

    /// <summary>Share of pictures whose first guess is right, 0 to 1; higher is better. Among equal probabilities the first class is the guess.</summary>
    public required double Top1 { get; init; }

    /// <summary>Wilson's 95 % interval of <see cref="Top1"/>.</summary>
    public required Interval Top1Interval { get; init; }

    /// <summary>Share of pictures with the truth among the first min(5, K) guesses, 0 to 1; higher is better.</summary>
    public required double Top5 { get; init; }

    /// <summary>Mean of -ln p(truth), p at least <see cref="ClassificationTally.SmallestProbability"/>; lower is better, 0 is perfect, ln K is a blind guess.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Mean F1 of the classes that occur or were guessed, 0 to 1; higher is better.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>Mean gap between the first guess's probability and the share that was right, over 15 equal bins weighted by their pictures (arXiv:1706.04599), 0 to 1; lower is better.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>One for each class, in the order of the outputs.</summary>
    public required IReadOnlyList<ClassScore> PerClass { get; init; }

    /// <summary>Truth by first guess.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Scores predictions. Those without a label are passed over.</summary>
    /// <param name="classes">Names of the classes, in the order of the outputs.</param>
    /// <param name="predictions">What the network said.</param>
    /// <exception cref="ArgumentException">A prediction has another number of classes.</exception>
    public static ClassificationScores From(IReadOnlyList<string> classes, IEnumerable<Prediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var tally = new ClassificationTally(classes);
        foreach (var prediction in predictions) tally.Add(prediction.Label, prediction.Probabilities);
        return tally.Scores();
    }
}
