namespace Altar.Metrics;

/// <summary>Temperature scaling (arXiv:1706.04599): one number, chosen on val, by which all scores are divided, so that probabilities mean what they say. The ranking stays.</summary>
public static class Temperature
{
    /// <summary>The lowest and highest temperature that <see cref="Fit(ReadOnlySpan{float}, ReadOnlySpan{long}, int)"/> answers: 1/20 where every guess is right, 20 where guesses are worthless.</summary>
    public const double Lowest = 0.05, Highest = 20;

    private const int Halvings = 30;                             // ln 400 / 2^30: 6e-9 of the temperature

    /// <summary>The temperature with the least log-loss. The log-loss is convex in 1 / T, so its slope is halved in on.</summary>
    /// <param name="logits">Raw scores, N rows of K; or logarithms of probabilities.</param>
    /// <param name="labels">The true class of each row, in [0, K), or -1, which is passed over.</param>
    /// <param name="classes">K, at least 1.</param>
    /// <returns>In [<see cref="Lowest"/>, <see cref="Highest"/>]; above 1 where the network is too sure. 1 where no row has a label.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or there is no such class.</exception>
    public static double Fit(ReadOnlySpan<float> logits, ReadOnlySpan<long> labels, int classes)
    {
        Check(logits, labels, classes);
        if (labels.IndexOfAnyExcept(-1) < 0) return 1;

        var (low, high) = (Math.Log(1 / Highest), Math.Log(1 / Lowest));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Slope(logits, labels, classes, Math.Exp(middle)) > 0) high = middle;
            else low = middle;
        }

        return Math.Exp(-(low + high) / 2);
    }

    /// <summary>The temperature with the least log-loss of predictions. Those without a label are passed over.</summary>
    /// <param name="predictions">What the network said; probabilities below <see cref="ClassificationTally.SmallestProbability"/> count as that.</param>
    /// <exception cref="ArgumentException">A prediction has another number of classes.</exception>
    public static double Fit(IReadOnlyList<Prediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Count == 0) return 1;
        float[] logits = [.. predictions.SelectMany(prediction => prediction.Probabilities.Select(Logarithm))];
        long[] labels = [.. predictions.Select(prediction => (long)prediction.Label)];
        return Fit(logits, labels, predictions[0].Probabilities.Length);
    }

    /// <summary>Mean of -ln p(truth) at a temperature.</summary>
    /// <param name="logits">Raw scores, N rows of K.</param>
    /// <param name="labels">The true class of each row, or -1, which is passed over.</param>
    /// <param name="classes">K, at least 1.</param>
    /// <param name="temperature">Above 0. Default 1.</param>
    /// <returns>At least 0; NaN where no row has a label.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or there is no such class.</exception>
    public static double LogLoss(ReadOnlySpan<float> logits, ReadOnlySpan<long> labels, int classes, double temperature = 1)
    {
        Check(logits, labels, classes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var (sum, rows) = (0.0, 0L);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == -1) continue;
            var row = logits.Slice(i * classes, classes);
            var (weight, largest) = (0.0, Largest(row));
            foreach (var score in row) weight += Math.Exp((score - largest) / temperature);
            sum += Math.Log(weight) - ((row[(int)labels[i]] - largest) / temperature);
            rows++;
        }

        return sum / rows;
    }

    /// <summary>What probabilities become at a temperature: the softmax of ln p / T.</summary>
    /// <param name="probabilities">Summing to 1; changed.</param>
    /// <param name="temperature">Above 0; 1 changes nothing.</param>
    public static void Apply(Span<float> probabilities, double temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var (largest, sum) = ((double)Logarithm(Largest(probabilities)), 0.0);
        foreach (ref var probability in probabilities)
        {
            var weight = Math.Exp((Logarithm(probability) - largest) / temperature);
            sum += weight;
            probability = (float)weight;
        }

        foreach (ref var probability in probabilities) probability = (float)(probability / sum);
    }

    // d loss / d (1 / T): the mean score under the softmax less the score of the truth. It rises with 1 / T.
    private static double Slope(ReadOnlySpan<float> logits, ReadOnlySpan<long> labels, int classes, double inverse)
    {
        var slope = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == -1) continue;
            var row = logits.Slice(i * classes, classes);
            var (weights, scores, largest) = (0.0, 0.0, Largest(row));
            foreach (var score in row)
            {
                var weight = Math.Exp((score - largest) * inverse);
                weights += weight;
                scores += weight * (score - largest);
            }

            slope += (scores / weights) - (row[(int)labels[i]] - largest);
        }

        return slope;
    }

    private static float Largest(ReadOnlySpan<float> row) => row[Math.Max(0, Ranking.First(row))];

    private static float Logarithm(float probability) => (float)Math.Log(Math.Max(probability, ClassificationTally.SmallestProbability));

    private static void Check(ReadOnlySpan<float> logits, ReadOnlySpan<long> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (logits.Length != (long)labels.Length * classes) throw new ArgumentException($"{logits.Length} scores are not {labels.Length} rows of {classes}.", nameof(logits));
        foreach (var label in labels)
        {
            if (label < -1 || label >= classes) throw new ArgumentException($"there is no class {label}; {classes} classes are 0 to {classes - 1}.", nameof(labels));
        }
    }
}
