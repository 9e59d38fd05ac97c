namespace Altar.Recipes.Planning;

/// <summary>What a few steps of a stage took.</summary>
/// <param name="SecondsPerStep">A training step with its wait for the loader.</param>
/// <param name="SecondsPerValPicture">Validation, for each picture.</param>
/// <param name="StartUpSeconds">From the end of the stage before to its first step: optimizer, threads, first batch.</param>
/// <param name="PeakBytes">Highest resident memory of the process while it was measured.</param>
/// <param name="SecondsPerFeature">For a stage that computes its features once: the trunk, for each picture of both sets. 0 for others; then both of the figures above are without the trunk.</param>
public sealed record StageMeasurement(double SecondsPerStep, double SecondsPerValPicture, double StartUpSeconds, long PeakBytes, double SecondsPerFeature = 0);
