namespace Altar.Schedules;

/// <summary>A learning-rate curve: position in the stage, 0 to 1, to a learning rate.</summary>
/// <param name="progress">Steps done over all steps of the stage, in [0, 1).</param>
public delegate double Schedule(double progress);
