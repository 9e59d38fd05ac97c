using Altar.Metrics;

namespace Altar.Training;

/// <summary>What a validation found.</summary>
/// <param name="Values">The task's figures.</param>
/// <param name="Seconds">Time it took.</param>
public sealed record ValidationResult(MetricValues Values, double Seconds);
