namespace Altar.Metrics;

/// <summary>How one class fares.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Support">Pictures that are of it.</param>
/// <param name="Guessed">Pictures whose first guess it is.</param>
/// <param name="Correct">Pictures for which both hold.</param>
public sealed record ClassScore(string Name, long Support, long Guessed, long Correct)
{
    /// <summary>Share of its guesses that are right, 0 to 1; NaN where it was never guessed.</summary>
    public double Precision => (double)Correct / Guessed;

    /// <summary>Share of its pictures that were found, 0 to 1; NaN where it has no picture.</summary>
    public double Recall => (double)Correct / Support;

    /// <summary>Harmonic mean of precision and recall, 2 correct / (support + guessed), 0 to 1; NaN where it neither occurs nor was guessed.</summary>
    public double F1 => 2.0 * Correct / (Support + Guessed);
}
