namespace Altar.Training;

/// <summary>One row of <c>steps.csv</c>.</summary>
/// <param name="Step">Counted over the whole run, from 1.</param>
/// <param name="Epoch">Counted over the whole run, from 1.</param>
/// <param name="Rate">Learning rate of the step.</param>
/// <param name="Loss">Training loss of the step.</param>
public sealed record StepRecord(int Step, int Epoch, double Rate, double Loss);
