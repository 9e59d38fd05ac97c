namespace Altar.Networks.Weights;

/// <summary>Which of a network's tensors a weights file filled, and which it did not.</summary>
/// <param name="Source">The file.</param>
/// <param name="Filled">Names that were filled.</param>
/// <param name="Left">Names that keep their first values: the new head, and what was allowed.</param>
/// <param name="Unused">Names of the file that the network does not have, or has in another shape.</param>
public sealed record LoadReport(string Source, IReadOnlyList<string> Filled, IReadOnlyList<string> Left, IReadOnlyList<string> Unused)
{
    /// <summary>How the first convolution was fitted to another number of channels, e.g. "conv1.weight widened from 3 to 1 channels"; null where it was not.</summary>
    public string? Widened { get; init; }

    /// <summary>One line for a log, e.g. "NAME.pth: 216 filled, 2 left (fc.weight, fc.bias), 2 unused (fc.weight, fc.bias)".</summary>
    public override string ToString() => $"{Path.GetFileName(Source)}: {Filled.Count} filled, {Count(Left, "left")}, {Count(Unused, "unused")}{(Widened is null ? "" : $"; {Widened}")}";

    private static string Count(IReadOnlyList<string> names, string what) => names.Count switch
    {
        0 => $"0 {what}",
        <= 3 => $"{names.Count} {what} ({string.Join(", ", names)})",
        _ => $"{names.Count} {what} ({string.Join(", ", names.Take(3))} ...)",
    };
}
