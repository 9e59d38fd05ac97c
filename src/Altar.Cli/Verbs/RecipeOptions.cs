using System.CommandLine;
using System.Globalization;
using Altar.Recipes;

namespace Altar.Cli.Verbs;

/// <summary>What train and plan say about their recipe in the same words.</summary>
internal static class RecipeOptions
{
    public static readonly Option<string[]> Set = new("--set")
    {
        Description = "Overrides a key of the recipe, e.g. stages.0.epochs=1; a later one wins.",
        HelpName = "key=value ...",
        DefaultValueFactory = _ => [],
    };

    public static readonly Option<string> Device = new("--device")
    {
        Description = "auto, cpu or cuda:0.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>The recipe that the words name, with its overrides.</summary>
    public static Recipe Open(ParseResult words, Argument<string> recipe, long? seed)
    {
        List<string> overrides = [.. words.GetValue(Set)!];
        if (seed is { } value) overrides.Add(string.Create(CultureInfo.InvariantCulture, $"seed={value}"));
        return RecipeFile.Open(Locate(words.GetValue(recipe)!), overrides);
    }

    // The launcher says where Altar lies, so that recipes/quickstart.yaml is found from any folder.
    private static string Locate(string path) =>
        !Path.Exists(path) && Environment.GetEnvironmentVariable("ALTAR_HOME") is { Length: > 0 } home && File.Exists(Path.Combine(home, path))
            ? Path.Combine(home, path)
            : path;
}
