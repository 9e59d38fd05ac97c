namespace Altar.Training;

/// <summary>What a validation found.</summary>
/// <param name="LogLoss">Natural logarithm.</param>
/// <param name="Top1">0 to 1.</param>
/// <param name="Top5">0 to 1.</param>
/// <param name="Seconds">Time it took.</param>
public sealed record ValidationResult(double LogLoss, double Top1, double Top5, double Seconds);
