using Altar.Batching;
using Altar.Recipes.Subjects;
using Altar.Tensors;

namespace Altar.Recipes;

/// <summary>What <c>data.shapes</c> must fulfil.</summary>
internal static class ShapeRules
{
    public static IEnumerable<RecipeProblem> Check(Recipe recipe)
    {
        const string Key = "data.shapes";
        var shapes = recipe.Data.Shapes;
        if (shapes.Count == 0) yield break;
        if (SameAspect(recipe) is { } same) yield return new(Key, same);
        if (RunSubject.LearnsMasks(recipe)) yield return new(Key, "are for classifiers; a segmentation network crops its pictures to data.size. Remove the key");
        if (recipe.Model.Name.StartsWith("vgg", StringComparison.Ordinal))
            yield return new(Key, $"do not fit {recipe.Model.Name}, whose classifier looks at a square of 7x7; remove the key, or take a network with global pooling such as resnet50");
        if (recipe.Data.Sets.Any(set => set.Weight is not null)) yield return new(Key, "do not go with weights of data.sets, since the batches of each shape are counted before an epoch; remove one");
        foreach (var (index, stage) in recipe.Stages.Index())
        {
            if (stage.Size is not null) yield return new($"stages.{index}.size", "is given beside data.shapes, which say the sizes; remove one");
        }
    }

    /// <summary>Refuses shapes for sets that stream, whose pictures have no known size.</summary>
    /// <exception cref="BadInputException">There are shapes.</exception>
    public static void RefuseShards(Recipe recipe, string source)
    {
        if (recipe.Data.Shapes.Count > 0)
            throw new BadInputException($"data.shapes: the pictures of shards have no known size before they are read ({source}). Remove the key, and predict with --shapes: a network with global pooling takes every shape.");
    }

    private static string? SameAspect(Recipe recipe)
    {
        try
        {
            _ = new ShapeBuckets(recipe.Data.Shapes);
            return null;
        }
        catch (BadInputException error)
        {
            return error.Message["data.shapes: ".Length..].TrimEnd('.');
        }
    }
}
