using Altar.Losses;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Recipes.Subjects;

namespace Altar.Recipes;

/// <summary>What the values of a recipe that learns masks must fulfil besides the others.</summary>
internal static class SegmentationRules
{
    public static IEnumerable<RecipeProblem> Check(Recipe recipe) => RunSubject.LearnsMasks(recipe) ? OfMasks(recipe) : OfOthers(recipe);

    private static IEnumerable<RecipeProblem> OfMasks(Recipe recipe)
    {
        var data = recipe.Data;
        if (SegmentationCatalog.Problem(recipe.Model) is { } problem) yield return Split(problem);
        if (recipe.Model.Channels != 3) yield return new("model.channels", $"is {recipe.Model.Channels}, and a recipe's pictures are read as RGB; write 3, grey photos have their value in all three");
        if (data.Masks is null) yield return new("data.masks", $"is missing, and {recipe.Model.Name} learns masks; name a folder of masks, a COCO file, or a column of the manifest");
        if (data.Classes.Count == 0) yield return new("data.classes", $"is empty, and {recipe.Model.Name} learns masks; name what they show, e.g. [building], or [background, road, roof]");
        if (data.Crop is { } crop && crop.Shorter < 1) yield return new("data.crop", "has no pixel");
        if (data.Samples < 1) yield return new("data.samples", $"{data.Samples} is below 1");
        if (data.ValSamples < 0) yield return new("data.val_samples", $"{data.ValSamples} is negative; 0 means all");
        if (data.Objects is < 0 or > 1) yield return new("data.objects", "is outside 0 to 1; it is a share of the crops");
        foreach (var (index, stage) in recipe.Stages.Index())
        {
            if (stage.ClassLoss < 0) yield return new($"stages.{index}.class_loss", "is negative; 0 leaves the class head without a loss");
            if (stage.Loss is null || data.Classes.Count == 0) continue;
            foreach (var message in PixelLoss.Problems(stage.Loss, data.Classes.Count)) yield return new($"stages.{index}.loss", message);
        }
    }

    private static IEnumerable<RecipeProblem> OfOthers(Recipe recipe)
    {
        if (recipe.Data.Masks is not null && NetworkCatalog.Names.Contains(recipe.Model.Name))
            yield return new("data.masks", $"is for networks that learn masks, and {recipe.Model.Name} tells classes; write model.name: unet+{recipe.Model.Name}, or remove the key");
    }

    // "model.kernel: 5 is ..." becomes the path and the rest.
    private static RecipeProblem Split(string problem)
    {
        var colon = problem.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && problem.StartsWith("model.", StringComparison.Ordinal) ? new(problem[..colon], problem[(colon + 2)..]) : new("model.name", problem);
    }
}
