namespace Altar.Recipes;

/// <summary>Where and how a recipe runs: what the command line adds to it.</summary>
public sealed record RunOptions
{
    /// <summary>The run folder. Null (default): <c>runs/NAME-1</c>, counted up.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether an existing run folder is continued. Default false: a folder that is not empty is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>auto (default), cpu, or cuda:N.</summary>
    public string Device { get; init; } = "auto";
}
