namespace Altar.Datasets;

/// <summary>Lists in messages.</summary>
internal static class Names
{
    private const int Shown = 5;

    /// <summary>The first few, and how many more there are.</summary>
    public static string Few(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
}
