namespace Altar.Reports;

/// <summary>One row of <c>norms.csv</c>: Euclidean norms over all weights that learn.</summary>
/// <param name="Step">Counted over the whole run, from 1.</param>
/// <param name="Gradient">Of the gradients, before any clipping.</param>
/// <param name="Weight">Of the weights, before the move.</param>
public sealed record NormRecord(int Step, double Gradient, double Weight);
