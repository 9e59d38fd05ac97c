using Altar.Recipes;
using Altar.Tensors;

namespace Altar.Tests.Recipes;

public class HeadRulesTests
{
    private const string Set = "{path: a.csv, labels: {category: c}}", Head = "category: {kind: single}";

    [Fact]
    public void A_list_under_val_is_the_same_as_val_sets()
    {
        var recipe = RecipeFile.Parse(Text(val: "[{path: v.csv, labels: {category: c}}, {path: w.csv, image: file, labels: {category: d}}]"), "r.yaml");

        Assert.Equal(["v.csv", "w.csv"], recipe.Data.ValSets.Select(set => set.Path));
        Assert.Equal("file", recipe.Data.ValSets[1].Image);
        var resolved = RecipeFile.Write(recipe);
        Assert.Equal(resolved, RecipeFile.Write(RecipeFile.Parse(resolved, "resolved")));
    }

    [Fact]
    public void An_entry_of_the_list_under_val_can_be_overridden()
    {
        var recipe = RecipeFile.Parse(Text(val: "[{path: v.csv, labels: {category: c}}]"), "r.yaml", ["data.val.0.path=w.csv"]);

        Assert.Equal("w.csv", recipe.Data.ValSets[0].Path);
    }

    [Theory]
    [InlineData("train: a.csv, ", "", "", "data.train: must be empty beside model.heads")]
    [InlineData("generate: products, ", "", "", "data.generate: writes a set with one class for each picture")]
    [InlineData("group: sender, ", "", "", "data.group: keeps groups on one side of a split")]
    [InlineData("buffer: 0, ", "", "", "data.buffer: 0 is below 1")]
    [InlineData("", "color: {kind: single}", "", "model.heads.color: no set of data.sets labels it")]
    [InlineData("", "\"a.b\": {kind: single}", "", "model.heads.a.b: 'a.b' cannot name a head")]
    [InlineData("", "category: {kind: singel}", "", "model.heads.category.kind: 'singel' is not one of single, multi, title, value")]
    [InlineData("", "category: {weight: 0}", "", "model.heads.category.weight: 0 is not above 0")]
    [InlineData("", "category: {classes: [a, a]}", "", "model.heads.category.classes: 'a' is there twice")]
    [InlineData("", "category: {kind: value, classes: [a]}", "", "model.heads.category.classes: a value has none")]
    [InlineData("", "category: {loss: huber}", "", "model.heads.category.loss: huber is no loss of a single head; write cross_entropy or focal")]
    [InlineData("", "category: {kind: multi, loss: cross_entropy}", "", "model.heads.category.loss: cross_entropy is no loss of a multi head; write bce or focal")]
    [InlineData("", "category: {kind: title, words: true}", "", "model.heads.category.words: makes several labels of a text; write kind: multi")]
    [InlineData("", "category: {kind: multi, precision: 1.5}", "", "model.heads.category.precision: 1.5 is outside 0 to 1")]
    [InlineData("", "category: {kind: multi, reject_precision: 2}", "", "model.heads.category.reject_precision: 2 is outside 0 to 1")]
    [InlineData("", "category: {precision: 0.9}", "", "model.heads.category.precision: chooses the thresholds of labels")]
    [InlineData("", "category: {center: 3}", "", "model.heads.category.center: is for heads of kind value")]
    [InlineData("", "category: {kind: value, scale: 0}", "", "model.heads.category.scale: 0 is not above 0")]
    [InlineData("best: top1, ", "", "", "data.best: 'top1' is no metric; write loss, category.top1")]
    [InlineData("", "", "template: \"{catgory}\"", "model.template: {catgory} is no head; the nearest is {category}")]
    [InlineData("", "category: {kind: multi}", "softmax: joint", "model.softmax: joint needs a head of kind single or title")]
    [InlineData("", "", "name: unet_nizhib", "model.heads: are for classifiers")]
    [InlineData("shapes: [224x224, 448x448], ", "", "", "data.shapes: 224 and 448 have the same aspect")]
    [InlineData("shapes: [224x224, 224x320], ", "", "name: vgg16", "data.shapes: do not fit vgg16")]
    public void What_no_run_could_use_is_named(string data, string head, string model, string message)
    {
        Assert.Contains($"r.yaml:", Error(Text(data: data, head: head.Length > 0 ? head : Head, model: model)), StringComparison.Ordinal);
        Assert.Contains($": {message}", Error(Text(data: data, head: head.Length > 0 ? head : Head, model: model)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{labels: {category: c}}]", "data.sets.0.path: is missing")]
    [InlineData("[{path: a.csv}]", "data.sets.0.labels: the set labels no head; write e.g. labels: {category: COLUMN}")]
    [InlineData("[{path: a.csv, labels: {categry: c, category: c}}]", "data.sets.0.labels.categry: there is no head 'categry'; the nearest is 'category'")]
    [InlineData("[{path: a.csv, weight: -1, labels: {category: c}}]", "data.sets.0.weight: -1 is not above 0")]
    [InlineData("[{path: a.csv, weight: 2, labels: {category: c}}, {path: b.csv, labels: {category: c}}]", "data.sets.0.weight: is given for some sets and not for others")]
    [InlineData("[]", "data.sets: is missing, and model.heads have no labels without it")]
    public void A_set_that_cannot_be_learnt_from_is_named(string sets, string message)
    {
        Assert.Contains($": {message}", Error(Text(sets: sets)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.2", "data.val: no part of several sets can be set apart")]
    [InlineData("[]", "data.val: no part of several sets can be set apart")]
    [InlineData("[{path: v.csv, labels: {categry: c}}]", "data.val.0.labels.categry: there is no head 'categry'")]
    [InlineData("[{path: v.csv, weight: 1, labels: {category: c}}]", "data.val.0.weight: mixes training sets")]
    [InlineData("[{pth: v.csv}]", "data.val.0: unknown key 'pth'; the nearest known key is 'path'")]
    public void A_set_that_cannot_be_judged_by_is_named_as_the_file_has_it(string val, string message)
    {
        Assert.Contains($": {message}", Error(Text(val: val)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {train: a, shapes: [224x224, 224x320]}\nstages: [{size: 192}]", "stages.0.size: is given beside data.shapes, which say the sizes; remove one")]
    [InlineData("data: {train: a, masks: m, classes: [b], shapes: [64x64, 64x96]}\nmodel: {name: unet_nizhib}\nstages: [{epochs: 1}]", "data.shapes: are for classifiers")]
    [InlineData("data: {train: a, sets: [{path: a.csv, labels: {x: y}}]}\nstages: [{epochs: 1}]", "model.heads: is missing, and data.sets label heads")]
    [InlineData("data: {train: a, val: [{path: a.csv}]}\nstages: [{epochs: 1}]", "data.val: is for model.heads")]
    [InlineData("data: {train: a}\nmodel: {template: x}\nstages: [{epochs: 1}]", "model.template: is for model.heads")]
    [InlineData("data: {train: a}\nmodel: {softmax: joint}\nstages: [{epochs: 1}]", "model.softmax: joint is for model.heads")]
    public void What_belongs_to_other_recipes_is_named(string text, string message)
    {
        Assert.Contains($": {message}", Error(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_has_no_loss_of_its_own_beside_heads()
    {
        Assert.Contains(": stages.0.loss: each head has its own", Error(Text(stage: "loss: {bce: 1}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_and_weights_of_sets_do_not_go_together()
    {
        Assert.Contains(": data.shapes: do not go with weights of data.sets", Error(Text(data: "shapes: [32x32, 32x48], ", sets: "[{path: a.csv, weight: 1, labels: {category: c}}]")), StringComparison.Ordinal);
    }

    private static string Text(string data = "", string sets = $"[{Set}]", string val = "v.csv", string head = Head, string model = "", string stage = "epochs: 1") =>
        $"data: {{{data}val: {val}, sets: {sets}}}\nmodel:\n  heads: {{{head}}}\n{(model.Length > 0 ? $"  {model}\n" : "")}stages: [{{{stage}}}]\n";

    private static string Error(string text) => Assert.Throws<BadInputException>(() => RecipeFile.Parse(text, "r.yaml")).Message;
}
