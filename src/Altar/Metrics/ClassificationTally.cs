namespace Altar.Metrics;

/// <summary>Counts prediction by prediction; shares are taken at the end, never the mean of batch means.</summary>
/// <param name="classes">Names of the classes, in the order of the outputs.</param>
public sealed class ClassificationTally(IReadOnlyList<string> classes)
{
    /// <summary>A smaller probability of the truth counts as this one in the log-loss: 1e-15, one certain error costs 34.5.</summary>
    public const double SmallestProbability = 1e-15;

    private const int Bins = 15;
    private readonly ConfusionMatrix _confusion = new(classes.Count);
    private readonly (long Correct, double Confidence)[] _bins = new (long, double)[Bins];
    private long _pictures, _top1, _top5;
    private double _loss;

    /// <summary>Adds a picture; one without a label (-1) is passed over.</summary>
    /// <param name="label">The true class, in [0, K), or -1.</param>
    /// <param name="probabilities">One for each class.</param>
    /// <exception cref="ArgumentException">The number of probabilities is not K, or there is no such class.</exception>
    public void Add(int label, ReadOnlySpan<float> probabilities)
    {
        if (label == -1) return;
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, classes.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)classes.Count, nameof(label));

        var guess = Ranking.First(probabilities);
        _confusion.Add(label, guess);
        _pictures++;
        if (guess == label) _top1++;
        if (Ranking.IsAmongFirst(probabilities, label, 5)) _top5++;
        _loss -= Math.Log(Math.Max(probabilities[label], SmallestProbability));
        AddToBin(probabilities[guess], guess == label);
    }

    /// <summary>The scores of everything added so far.</summary>
    public ClassificationScores Scores()
    {
        ClassScore[] perClass =
            [.. classes.Select((name, k) => new ClassScore(name, _confusion.OfTruth(k), _confusion.OfGuess(k), _confusion[k, k]))];
        return new ClassificationScores
        {
            Pictures = _pictures,
            Top1 = (double)_top1 / _pictures,
            Top1Interval = Interval.Wilson(_top1, _pictures),
            Top5 = (double)_top5 / _pictures,
            LogLoss = _loss / _pictures,
            MacroF1 = perClass.Select(score => score.F1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
            CalibrationError = _bins.Sum(bin => Math.Abs(bin.Confidence - bin.Correct)) / _pictures,
            PerClass = perClass,
            Confusion = _confusion,
        };
    }

    private void AddToBin(float confidence, bool isCorrect)
    {
        // A bin holds (low, high], as in the paper; NaN goes to the first, where it makes the error NaN.
        var index = float.IsNaN(confidence) ? 0 : Math.Clamp((int)Math.Ceiling(confidence * (double)Bins) - 1, 0, Bins - 1);
        ref var bin = ref _bins[index];
        bin = (bin.Correct + (isCorrect ? 1 : 0), bin.Confidence + confidence);
    }
}
