using Altar.Recipes.Yaml;
using Altar.Tensors;

namespace Altar.Recipes;

/// <summary>Recipes as YAML: read with every mistake named, written with every key and its value.</summary>
public static class RecipeFile
{
    private const string FolderRecipe = "recipes/transfer.yaml";

    /// <summary>What <c>altar train</c> takes: a recipe file, or a folder of pictures that <see cref="ForFolder"/> makes a recipe for.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="overrides">As in <see cref="Read"/>.</param>
    /// <exception cref="BadInputException">As in <see cref="Read"/>.</exception>
    public static Recipe Open(string path, IReadOnlyList<string>? overrides = null) =>
        Directory.Exists(path) ? ForFolder(path, overrides) : Read(path, overrides);

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="overrides">"stages.0.epochs=1": dotted paths with indexes from 0 and YAML values, applied in order, so that a later one wins.</param>
    /// <exception cref="BadInputException">The file cannot be read, or something in it or in the overrides is wrong: one line for each mistake.</exception>
    public static Recipe Read(string path, IReadOnlyList<string>? overrides = null) => Parse(TextOf(path), path, overrides);

    /// <summary>Reads a recipe from its text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="name">What messages call it, usually its path.</param>
    /// <param name="overrides">As in <see cref="Read"/>.</param>
    /// <exception cref="BadInputException">Something in it or in the overrides is wrong: one line for each mistake.</exception>
    public static Recipe Parse(string text, string name, IReadOnlyList<string>? overrides = null)
    {
        var document = (overrides ?? []).Select(YamlOverride.Parse).Aggregate(YamlReader.File(text, name), (value, change) => change.ApplyTo(value));
        var (binder, listsVal) = (new YamlBinder(), ValList.IsIn(document));
        var recipe = Named(binder.Bind<Recipe>(ValList.Renamed(document)));

        // A value that does not bind keeps its default, about which the rules need not complain too.
        var misread = binder.Problems.Select(problem => problem.Path).ToHashSet();
        var broken = RecipeRules.Check(recipe).Where(problem => !misread.Contains(problem.Path))
            .Select(problem => new Problem(binder.PlaceOf(problem.Path), problem.Path, problem.Message));
        List<Problem> problems = [.. binder.Problems.Concat(broken).Select(problem => listsVal ? problem with { Path = ValList.AsWritten(problem.Path) } : problem)];
        return problems.Count == 0 ? recipe : throw new BadInputException(string.Join('\n', problems));
    }

    /// <summary>The recipe for a folder with a folder a class: recipes/transfer.yaml, with MobileNetV2, published weights, and a fifth of the photos for validation.</summary>
    /// <param name="folder">The pictures.</param>
    /// <param name="overrides">As in <see cref="Read"/>; they stand above the folder.</param>
    /// <exception cref="BadInputException">Something in the overrides is wrong.</exception>
    public static Recipe ForFolder(string folder, IReadOnlyList<string>? overrides = null)
    {
        using var stream = typeof(RecipeFile).Assembly.GetManifestResourceStream(FolderRecipe)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), FolderRecipe, [$"data.train={YamlScalars.Write(folder)}", .. overrides ?? []]);
    }

    /// <summary>The resolved recipe: every key with its value, such that reading it gives the same recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    public static string Write(Recipe recipe) => "# Every key with its value, defaults included.\n" + YamlWriter.Write(recipe);

    // Stages without a name are counted, for tables and curves.
    private static Recipe Named(Recipe recipe)
    {
        var unnamed = new Training.Stage().Name;
        if (recipe.Stages.Count < 2 || recipe.Stages.All(stage => stage.Name != unnamed)) return recipe;
        return recipe with { Stages = [.. recipe.Stages.Select((stage, index) => stage.Name == unnamed ? stage with { Name = $"{unnamed}-{index + 1}" } : stage)] };
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: there is no such recipe or folder of pictures.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"{path}: the recipe cannot be read: {error.Message}", error);
        }
    }
}
