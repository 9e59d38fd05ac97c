using Altar.Metrics;

namespace Altar.Reports;

/// <summary>A picture whose first guess is wrong.</summary>
/// <param name="Path">The file.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Guess">The first guess.</param>
/// <param name="GuessProbability">Its probability, 0 to 1.</param>
/// <param name="TruthProbability">That of the truth, 0 to 1.</param>
public sealed record PictureError(string Path, int Truth, int Guess, float GuessProbability, float TruthProbability);

/// <summary>The errors that are most worth a look: often they are wrong labels.</summary>
public static class WorstErrors
{
    /// <summary>Errors whose truth got the smallest probability, smallest first; among equals by path.</summary>
    /// <param name="predictions">What the network said; those without a label are passed over.</param>
    /// <param name="count">At most so many.</param>
    public static IReadOnlyList<PictureError> Of(IEnumerable<Prediction> predictions, int count) =>
    [
        .. predictions
            .Where(prediction => prediction.Label >= 0)
            .Select(ErrorOf)
            .OfType<PictureError>()
            .OrderBy(error => error.TruthProbability)
            .ThenBy(error => error.Path, StringComparer.Ordinal)
            .Take(count),
    ];

    private static PictureError? ErrorOf(Prediction prediction)
    {
        var (label, probabilities) = (prediction.Label, prediction.Probabilities);
        var guess = Ranking.First(probabilities);
        return guess == label ? null : new PictureError(prediction.Path, label, guess, probabilities[guess], probabilities[label]);
    }
}
