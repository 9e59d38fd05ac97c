namespace Altar.Reports;

/// <summary>A moment of a run that its curves show: the end of a cycle of the rate.</summary>
/// <param name="Step">Steps of the run that were done then.</param>
/// <param name="Name">What was kept then, e.g. "snapshot 2"; empty: nothing.</param>
public sealed record CourseMark(int Step, string Name = "");
