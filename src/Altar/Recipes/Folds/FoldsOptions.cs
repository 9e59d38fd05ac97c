namespace Altar.Recipes.Folds;

/// <summary>How a recipe is run fold by fold.</summary>
public sealed record FoldsOptions
{
    /// <summary>Folds, at least 2. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Where fold-1, fold-2 and on, and what they say together, are written. Null (default): <c>runs/NAME-folds-1</c>, counted up.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether folds that are begun or done are continued. Default false: a folder that is not empty is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>auto (default), cpu, or cuda:N.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Which checkpoint of each fold speaks: best (default; its epoch was chosen on the fold's own pictures, so its score is a little too good) or last.</summary>
    public string Checkpoint { get; init; } = "best";
}
