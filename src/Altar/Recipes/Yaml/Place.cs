namespace Altar.Recipes.Yaml;

/// <summary>Where a value was written: "FILE:LINE", or the --set option that gave it.</summary>
internal readonly record struct Place(string Text)
{
    public static Place Line(string file, long line) => new($"{file}:{line}");

    public static Place Override(string option) => new($"--set {option}");
}

/// <summary>Something wrong in a recipe: the place, the dotted path of the value, and what is wrong with the cure.</summary>
internal sealed record Problem(Place Place, string Path, string Message)
{
    public override string ToString() =>
        Path.Length == 0 || Place.Text.StartsWith($"--set {Path}=", StringComparison.Ordinal) ? $"{Place.Text}: {Message}" : $"{Place.Text}: {Path}: {Message}";
}
