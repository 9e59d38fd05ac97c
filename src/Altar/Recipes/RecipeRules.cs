using System.Globalization;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Recipes.Subjects;
using Altar.Schedules;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Recipes;

/// <summary>A value that no run could use.</summary>
/// <param name="Path">Dotted, with indexes from 0, as <c>--set</c> takes it: "stages.0.rate".</param>
/// <param name="Message">What is wrong, and the cure.</param>
public sealed record RecipeProblem(string Path, string Message)
{
    /// <summary>"stages.0.rate: -1 is not above 0".</summary>
    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>What a recipe's values must fulfil, alone and together, before data or weights are touched.</summary>
public static class RecipeRules
{
    /// <summary>All that is wrong with a recipe; nothing if it can be run.</summary>
    /// <param name="recipe">The recipe.</param>
    public static IEnumerable<RecipeProblem> Check(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var task = RunSubject.TaskOf(recipe);
        var stages = recipe.Stages.SelectMany((stage, index) =>
            OfStage(stage).Concat(OfSchedule(stage)).Concat(OfAugmentation(stage)).Concat(StageRules.Check(stage, task)).Select(problem => problem with { Path = $"stages.{index}.{problem.Path}" }));
        return [.. OfRun(recipe), .. OfData(recipe), .. OfModel(recipe), .. SegmentationRules.Check(recipe), .. HeadRules.Check(recipe), .. ShapeRules.Check(recipe), .. stages];
    }

    private static IEnumerable<RecipeProblem> OfRun(Recipe recipe)
    {
        if (!IsFileName(recipe.Name)) yield return new("name", $"'{recipe.Name}' cannot name a folder; use letters, digits, '-', '_' and '.'");
        if (!IsInterval(recipe.Checkpoint.Every)) yield return new("checkpoint.every", $"'{recipe.Checkpoint.Every}' is no interval; write steps (200) or minutes (10m)");
        if (recipe.Checkpoint.KeepBest < 1) yield return new("checkpoint.keep_best", $"{recipe.Checkpoint.KeepBest} is below 1; the best epoch is always kept");
        foreach (var (key, number) in new[] { ("newest", recipe.Checkpoint.Keep.Newest), ("every", recipe.Checkpoint.Keep.Every), ("snapshots", recipe.Checkpoint.Keep.Snapshots) })
        {
            if (number < 0) yield return new($"checkpoint.keep.{key}", $"{number} is negative; {(key == "snapshots" ? "0 keeps all" : "0 keeps none")}");
        }

        if (recipe.OnNonfinite.Factor is <= 0 or >= 1) yield return new("on_nonfinite.factor", $"{Text(recipe.OnNonfinite.Factor)} is outside 0 to 1; 0.5 halves the rate");
        if (recipe.OnNonfinite.Retries < 0) yield return new("on_nonfinite.retries", $"{recipe.OnNonfinite.Retries} is negative; 0 stops at once");
        if (recipe.Stages.Count == 0) yield return new("stages", "there is no stage; write at least one, e.g. stages: [{epochs: 1, rate: 0.01}]");
        foreach (var twice in recipe.Stages.Select((stage, index) => (stage.Name, index)).GroupBy(stage => stage.Name).SelectMany(group => group.Skip(1)))
            yield return new($"stages.{twice.index}.name", $"an earlier stage is named '{twice.Name}' too; tables and curves need different names");
    }

    private static IEnumerable<RecipeProblem> OfData(Recipe recipe)
    {
        var data = recipe.Data;
        var hasHeads = RunSubject.LearnsHeads(recipe);
        if (data.Train.Length == 0 && !hasHeads) yield return new("data.train", "is missing; name a folder with a folder a class, or a manifest, e.g. --set data.train=photos");
        if (data.Val.Length == 0 && !hasHeads) yield return new("data.val", "is empty; name a folder or a manifest, or a fraction of data.train such as 0.2");
        if (Number(data.Val) is { } fraction and (<= 0 or >= 1) && !hasHeads) yield return new("data.val", $"{data.Val} is no fraction between 0 and 1");
        if (data.Generate is not (null or "products" or "aerial")) yield return new("data.generate", $"'{data.Generate}' is no generated set; write products or aerial, or remove the key");
        if (data.Threads < 0) yield return new("data.threads", $"{data.Threads} is negative; 0 means one for each processor");
        var metrics = RunSubject.TaskOf(recipe).Metrics;
        if (data.Best is { } best && metrics.All(metric => metric.Name != best))
            yield return new("data.best", $"'{best}' is no metric; write {string.Join(", ", metrics.Select(metric => metric.Name))}");
    }

    private static IEnumerable<RecipeProblem> OfModel(Recipe recipe)
    {
        var model = recipe.Model;
        if (model.Name.Length == 0) yield return new("model.name", "is empty; 'altar models' lists the networks");
        else if (!NetworkCatalog.Names.Contains(model.Name) && !SegmentationCatalog.Contains(model.Name))
            yield return new("model.name", $"there is no network '{model.Name}'; the nearest is '{NearestName.Of(model.Name, [.. NetworkCatalog.Names, .. SegmentationCatalog.Names])}', and 'altar models' lists all");
        if (model.Weights.Length == 0) yield return new("model.weights", "is empty; write published, none, or a file");
        if (model.Dropout is < 0 or >= 1) yield return new("model.dropout", $"{Text(model.Dropout.Value)} is outside 0 to 1 (1 itself would drop everything)");
        if (model.Preprocessing.Mean.Count != 3) yield return new("model.preprocessing.mean", "needs three numbers, for red, green and blue");
        if (model.Preprocessing.Std.Count != 3 || model.Preprocessing.Std.Any(value => value <= 0))
            yield return new("model.preprocessing.std", "needs three numbers above 0, for red, green and blue");
    }

    private static IEnumerable<RecipeProblem> OfStage(Stage stage)
    {
        if (stage.Name.Length == 0) yield return new("name", "is empty");
        if (stage.Learns.Length == 0) yield return new("learns", "is empty; write head, all, or the first block that learns");
        if (stage.Epochs < 1) yield return new("epochs", $"{stage.Epochs} is below 1; remove the stage if it shall not run");
        if (stage.Batch < 1) yield return new("batch", $"{stage.Batch} is below 1");
        if (stage.Rate <= 0) yield return new("rate", $"{Text(stage.Rate)} is not above 0; a learning rate is positive");
        if (stage.WeightDecay < 0) yield return new("weight_decay", $"{Text(stage.WeightDecay)} is negative");
        if (stage.Momentum is < 0 or >= 1) yield return new("momentum", $"{Text(stage.Momentum)} is outside 0 to 1 (1 itself never forgets)");
        if (stage is { Optimizer: OptimizerKind.Nesterov, Momentum: 0 }) yield return new("momentum", "nesterov needs momentum above 0; write optimizer: sgd for none");
        if (stage.Dropout is < 0 or >= 1) yield return new("dropout", $"{Text(stage.Dropout.Value)} is outside 0 to 1 (1 itself would drop everything)");
        if (stage.Patience < 0) yield return new("patience", $"{stage.Patience} is negative; 0 means never");
    }

    private static IEnumerable<RecipeProblem> OfSchedule(Stage stage)
    {
        var schedule = stage.Schedule;
        foreach (var (key, message) in schedule.Problems()) yield return new($"schedule.{key}", message);
        if (schedule.Warmup > stage.Epochs) yield return new("schedule.warmup", $"{Text(schedule.Warmup)} epochs do not fit into the stage's {stage.Epochs}");
        if (stage.Snapshots && schedule.Curve != ScheduleCurve.Cosine)
            yield return new("snapshots", "are kept where a cosine cycle ends, and this schedule has none; write schedule: {cycles: 3}");
        if (stage.Patience > 0 && (stage.Snapshots || schedule.Cycles > 1 || schedule.Curve == ScheduleCurve.OneCycle))
            yield return new("patience", "would end the stage inside a cycle, at a high rate; remove it, or write schedule: cosine");
    }

    // "augment: rotate is 500; write ..." becomes the path augment.rotate and the rest.
    private static IEnumerable<RecipeProblem> OfAugmentation(Stage stage)
    {
        try
        {
            stage.Augment.Validated();
            return [];
        }
        catch (BadInputException error)
        {
            var parts = error.Message.Split(' ', 3);
            return [new($"augment.{parts[1]}", parts[2])];
        }
    }

    private static bool IsFileName(string name) =>
        name.Any(char.IsAsciiLetterOrDigit) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static bool IsInterval(string text) =>
        int.TryParse(text.EndsWith('m') ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
