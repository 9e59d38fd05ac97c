namespace Altar.Reports;

/// <summary>A part of a run's report that its task brings along.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Note">A sentence below it, or nothing.</param>
public sealed record ReportSection(string Title, string Note = "")
{
    /// <summary>A picture file (.png or .jpg) beside the report; null (default): none.</summary>
    public string? Picture { get; init; }

    /// <summary>Whether the picture is a drawing on white rather than photos. Default false.</summary>
    public bool IsDrawing { get; init; }

    /// <summary>Heads of a table. Default none.</summary>
    public IReadOnlyList<string> Heads { get; init; } = [];

    /// <summary>Its rows: a text, or a share of 0 to 1, which is shown with a bar.</summary>
    public IReadOnlyList<IReadOnlyList<object>> Rows { get; init; } = [];
}

/// <summary>A number that one looks for first.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number with its unit.</param>
/// <param name="Note">What helps to read it, or nothing.</param>
public sealed record ReportTile(string Name, string Value, string Note = "");
