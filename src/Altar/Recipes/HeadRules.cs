using System.Globalization;
using Altar.Datasets.Heads;
using Altar.Inference.Heads;
using Altar.Networks;
using Altar.Recipes.Subjects;
using Altar.Tensors;

namespace Altar.Recipes;

/// <summary>What the values of a recipe with several heads must fulfil besides the others.</summary>
internal static class HeadRules
{
    public static IEnumerable<RecipeProblem> Check(Recipe recipe)
    {
        if (!RunSubject.LearnsHeads(recipe)) return OfOthers(recipe);
        if (RunSubject.LearnsMasks(recipe)) return [new("model.heads", $"are for classifiers, and {recipe.Model.Name} learns masks; remove the heads, or name a classifier")];
        if (recipe.Model.Heads.Count == 0) return [new("model.heads", "is missing, and data.sets label heads; name at least one, e.g. heads: {category: {kind: single}}")];
        return [.. OfModel(recipe.Model), .. recipe.Model.Heads.SelectMany(head => OfHead(head.Key, head.Value)), .. OfData(recipe), .. OfStages(recipe)];
    }

    private static IEnumerable<RecipeProblem> OfOthers(Recipe recipe)
    {
        if (recipe.Data.ValSets.Count > 0) yield return new("data.val_sets", "is for model.heads; write a path, or a fraction such as 0.2, in data.val");
        if (recipe.Model.Template is not null) yield return new("model.template", "is for model.heads, whose answers it is filled with; remove the key");
        if (recipe.Model.Softmax == SoftmaxScope.Joint) yield return new("model.softmax", "joint is for model.heads; remove the key");
    }

    private static IEnumerable<RecipeProblem> OfModel(ModelOptions model)
    {
        if (model.Template is { } template && TitleTemplate.UnknownSlot(template, model.Heads.Keys) is { } slot)
            yield return new("model.template", $"{{{slot}}} is no head; the nearest is {{{NearestName.Of(slot, model.Heads.Keys)}}}");
        if (model.Softmax != SoftmaxScope.Joint) yield break;
        if (model.Heads.Values.All(head => head.Kind is not (HeadKind.Single or HeadKind.Title))) yield return new("model.softmax", "joint needs a head of kind single or title; write heads");
    }

    private static IEnumerable<RecipeProblem> OfHead(string name, HeadOptions head)
    {
        var at = $"model.heads.{name}";
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            yield return new(at, $"'{name}' cannot name a head, since metrics and columns carry the name; use letters, digits, '-' and '_'");
        if (!(head.Weight > 0)) yield return new($"{at}.weight", $"{Text(head.Weight)} is not above 0; remove the head if it shall not learn");
        if (head.Classes.GroupBy(one => one).FirstOrDefault(group => group.Count() > 1) is { } twice) yield return new($"{at}.classes", $"'{twice.Key}' is there twice; list every class once");
        if (head is { Kind: HeadKind.Value, Classes.Count: > 0 }) yield return new($"{at}.classes", "a value has none; remove them, or write kind: single");
        if (head.Loss is { } loss && !LossesOf(head.Kind).Contains(loss))
            yield return new($"{at}.loss", $"{Yaml.YamlScalars.Write(loss)} is no loss of a {Yaml.YamlScalars.Write(head.Kind)} head; write {string.Join(" or ", LossesOf(head.Kind).Select(one => Yaml.YamlScalars.Write(one)))}");
        foreach (var problem in head.Kind == HeadKind.Multi ? OfShares(at, head) : OfMultiOnly(at, head)) yield return problem;
        if (head.Kind != HeadKind.Value && (head.Center ?? head.Scale) is not null) yield return new($"{at}.{(head.Center is null ? "scale" : "center")}", "is for heads of kind value; remove it");
        if (head.Scale is <= 0) yield return new($"{at}.scale", $"{Text(head.Scale.Value)} is not above 0; it is the usual distance of a value from the center");
    }

    private static IEnumerable<RecipeProblem> OfShares(string at, HeadOptions head)
    {
        if (head.Precision is <= 0 or > 1) yield return new($"{at}.precision", $"{Text(head.Precision.Value)} is outside 0 to 1; 0.9 means that nine of ten labels said shall be true");
        if (head.RejectPrecision is < 0 or > 1) yield return new($"{at}.reject_precision", $"{Text(head.RejectPrecision)} is outside 0 to 1");
        if (head.PassRecall is < 0 or > 1) yield return new($"{at}.pass_recall", $"{Text(head.PassRecall)} is outside 0 to 1");
    }

    private static IEnumerable<RecipeProblem> OfMultiOnly(string at, HeadOptions head)
    {
        if (head.Words) yield return new($"{at}.words", "makes several labels of a text; write kind: multi");
        if (head.Precision is not null) yield return new($"{at}.precision", "chooses the thresholds of labels; write kind: multi, or remove it");
    }

    private static HeadLoss[] LossesOf(HeadKind kind) => kind switch
    {
        HeadKind.Multi => [HeadLoss.Bce, HeadLoss.Focal],
        HeadKind.Value => [HeadLoss.Huber, HeadLoss.Absolute, HeadLoss.Squared],
        _ => [HeadLoss.CrossEntropy, HeadLoss.Focal],
    };

    private static IEnumerable<RecipeProblem> OfData(Recipe recipe)
    {
        var data = recipe.Data;
        if (data.Train.Length > 0) yield return new("data.train", "must be empty beside model.heads, whose labels data.sets name; move the path to data.sets: [{path: ..., labels: {head: column}}]");
        if (data.Generate is not null) yield return new("data.generate", "writes a set with one class for each picture; remove it, or the heads");
        if (data.Group is not null) yield return new("data.group", "keeps groups on one side of a split, and several sets are not split; name the validation sets in data.val and remove the key");
        if (data.Buffer < 1) yield return new("data.buffer", $"{data.Buffer} is below 1");
        if (data.Sets.Count == 0) yield return new("data.sets", "is missing, and model.heads have no labels without it; write e.g. sets: [{path: train.csv, labels: {category: category}}]");
        foreach (var problem in OfSets(data.Sets, "data.sets", recipe.Model).Concat(OfSets(data.ValSets, "data.val_sets", recipe.Model))) yield return problem;
        foreach (var (index, set) in data.ValSets.Index())
        {
            if (set.Weight is not null) yield return new($"data.val_sets.{index}.weight", "mixes training sets, and validation sees every picture once; remove it");
        }

        if (data.Sets.Any(set => set.Weight is null) && data.Sets.Index().FirstOrDefault(set => set.Item.Weight is not null) is { Item: not null } weighted)
            yield return new($"data.sets.{weighted.Index}.weight", "is given for some sets and not for others; give every set one, or none: then every picture comes once");
        var isFraction = double.TryParse(data.Val, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        if (data.ValSets.Count == 0 && (data.Val.Length == 0 || isFraction))
            yield return new("data.val", "no part of several sets can be set apart; name a manifest or folder with the columns of the first set, or a list like data.sets");
        if (data.ValSets.Count > 0 && data.Val.Length > 0 && !isFraction) yield return new("data.val", "is a path, and data.val_sets are given too; remove one");
    }

    private static IEnumerable<RecipeProblem> OfSets(IReadOnlyList<LabelledSetOptions> sets, string key, ModelOptions model)
    {
        foreach (var (index, set) in sets.Index())
        {
            var at = $"{key}.{index}";
            if (set.Path.Length == 0) yield return new($"{at}.path", "is missing; name a manifest, a folder with a folder a class, or shards");
            if (set.Labels.Count == 0) yield return new($"{at}.labels", $"the set labels no head; write e.g. labels: {{{model.Heads.Keys.First()}: COLUMN}}");
            if (set.Weight is { } weight && !(weight > 0)) yield return new($"{at}.weight", $"{Text(weight)} is not above 0; leave the set out if it is not wanted");
            foreach (var head in set.Labels.Keys.Where(head => !model.Heads.ContainsKey(head)))
                yield return new($"{at}.labels.{head}", $"there is no head '{head}'; the nearest is '{NearestName.Of(head, model.Heads.Keys)}'");
        }

        if (key != "data.sets" || sets.Count == 0) yield break;
        foreach (var head in model.Heads.Keys.Where(head => sets.All(set => !set.Labels.ContainsKey(head))))
            yield return new($"model.heads.{head}", "no set of data.sets labels it; name its column in labels, or remove the head");
    }

    private static IEnumerable<RecipeProblem> OfStages(Recipe recipe) => recipe.Stages.Index()
        .Where(stage => stage.Item.Loss is not null)
        .Select(stage => new RecipeProblem($"stages.{stage.Index}.loss", "each head has its own; write it in model.heads.NAME.loss"));

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
