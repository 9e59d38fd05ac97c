namespace Altar.Metrics;

/// <summary>What a network said of one picture.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The true class, or -1 where it is unknown.</param>
/// <param name="Probabilities">One for each class, summing to 1.</param>
public sealed record Prediction(string Path, int Label, float[] Probabilities);
