namespace Altar.Metrics;

/// <summary>How often a class was taken for another. Only what occurred is stored, so thousands of classes are no burden.</summary>
/// <param name="classes">Number K of classes.</param>
public sealed class ConfusionMatrix(int classes)
{
    private readonly Dictionary<(int Truth, int Guess), long> _counts = [];
    private readonly long[] _ofTruth = new long[classes], _ofGuess = new long[classes];

    /// <summary>Number K of classes.</summary>
    public int Classes => classes;

    /// <summary>Pictures of class <paramref name="truth"/> whose first guess was <paramref name="guess"/>.</summary>
    /// <param name="truth">The row, in [0, K).</param>
    /// <param name="guess">The column, in [0, K).</param>
    public long this[int truth, int guess] => _counts.GetValueOrDefault((truth, guess));

    /// <summary>Pictures of a class: the sum of its row.</summary>
    /// <param name="truth">In [0, K).</param>
    public long OfTruth(int truth) => _ofTruth[truth];

    /// <summary>Guesses of a class: the sum of its column.</summary>
    /// <param name="guess">In [0, K).</param>
    public long OfGuess(int guess) => _ofGuess[guess];

    /// <summary>The most frequent errors, most frequent first; among equals in the order of the classes.</summary>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<ConfusedPair> WorstPairs(int count) =>
    [
        .. (from cell in _counts
            let truth = cell.Key.Truth
            where truth != cell.Key.Guess
            orderby cell.Value descending, truth, cell.Key.Guess
            select new ConfusedPair(truth, cell.Key.Guess, cell.Value, (double)cell.Value / _ofTruth[truth])).Take(count),
    ];

    internal void Add(int truth, int guess)
    {
        _counts[(truth, guess)] = this[truth, guess] + 1;
        _ofTruth[truth]++;
        _ofGuess[guess]++;
    }
}

/// <summary>A class that was taken for another.</summary>
/// <param name="Truth">The class.</param>
/// <param name="Guess">What it was taken for.</param>
/// <param name="Count">How often.</param>
/// <param name="Share">In how many of the pictures of <paramref name="Truth"/>, 0 to 1.</param>
public sealed record ConfusedPair(int Truth, int Guess, long Count, double Share);
