namespace Altar.Schedules;

/// <summary>How a stage's rate moves: the recipe's <c>schedule</c>, a name or a mapping.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Reads a name: "constant", "cosine".</summary>
    /// <param name="text">The name.</param>
    public static ScheduleOptions Parse(string text) => new();
}
