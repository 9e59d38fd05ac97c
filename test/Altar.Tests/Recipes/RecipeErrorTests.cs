using Altar.Recipes;
using Altar.Tensors;

namespace Altar.Tests.Recipes;

public class RecipeErrorTests
{
    [Theory]
    [InlineData("sede: 1", "r.yaml:1: unknown key 'sede'; the nearest known key is 'seed'")]
    [InlineData("name: a\ndata:\n  lable: x", "r.yaml:3: data: unknown key 'lable'; the nearest known key is 'label'")]
    [InlineData("stages:\n  - epochs: 1\n    lerns: head", "r.yaml:3: stages.0: unknown key 'lerns'; the nearest known key is 'learns'")]
    [InlineData("seed: 1\nseed: 2", "r.yaml:2: seed: is given twice; remove one")]
    [InlineData("seed: one", "r.yaml:1: seed: 'one' is not a whole number")]
    [InlineData("seed: [1]", "r.yaml:1: seed: expects a whole number, not a list")]
    [InlineData("seed: {one: 1}", "r.yaml:1: seed: expects a whole number, not a mapping")]
    [InlineData("seed:", "r.yaml:1: seed: is empty; give it a value or remove the key")]
    [InlineData("data: photos", "r.yaml:1: data: expects keys, each on its own line")]
    [InlineData("data: {size: 0}", "r.yaml:1: data.size: '0' is no size; write 224, or 224x320 for height x width.")]
    [InlineData("model: {allow_unset: fc}", "r.yaml:1: model.allow_unset: expects a list, e.g. [a, b]")]
    [InlineData("model: {padding: tensorflwo}", "r.yaml:1: model.padding: 'tensorflwo' is not one of torch, tensorflow; the nearest is 'tensorflow'")]
    [InlineData("model: {preprocessing: imagnet}", "r.yaml:1: model.preprocessing: 'imagnet' is no preprocessing")]
    [InlineData("model: {preprocessing: [0, 1]}", "r.yaml:1: model.preprocessing: expects a name or keys")]
    [InlineData("model: {preprocessing: {from: [a]}}", "r.yaml:1: model.preprocessing.from: expects a name")]
    [InlineData("stages: [{rate: 1,5}]", "r.yaml:1: stages.0: unknown key '5'")]
    [InlineData("stages: [{rate: .nan}]", "r.yaml:1: stages.0.rate: '.nan' is not a number")]
    [InlineData("stages: [{snapshots: yes}]", "r.yaml:1: stages.0.snapshots: 'yes' is not true or false")]
    [InlineData("stages: [{schedule: cosin}]", "r.yaml:1: stages.0.schedule: 'cosin' is no schedule")]
    [InlineData("stages:\n  -\n  - {name: b}", "r.yaml:2: stages.0: is empty")]
    [InlineData("name: [", "r.yaml:2: this is not YAML: ")]
    [InlineData("? [a]\n: b", "r.yaml:1: a key must be a word.")]
    [InlineData("name: *no", "r.yaml:1: *no has no anchor &no before it.")]
    [InlineData("---\nname: a\n---\nname: b", "r.yaml: holds several YAML documents; write one file for each.")]
    public void What_is_no_recipe_is_named_with_its_line(string yaml, string message)
    {
        Assert.Contains(message, Error(yaml), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: a/b", "r.yaml:1: name: 'a/b' cannot name a folder; use letters, digits, '-', '_' and '.'")]
    [InlineData("checkpoint: {every: 10h}", "r.yaml:1: checkpoint.every: '10h' is no interval; write steps (200) or minutes (10m)")]
    [InlineData("stages: []", "r.yaml:1: stages: there is no stage; write at least one")]
    [InlineData("stages: [{name: a},\n {name: a}]", "r.yaml:2: stages.1.name: an earlier stage is named 'a' too")]
    [InlineData("data: {train: \"\"}", "r.yaml:1: data.train: is missing; name a folder with a folder a class, or a manifest, e.g. --set data.train=photos")]
    [InlineData("data: {val: \"\"}", "r.yaml:1: data.val: is empty")]
    [InlineData("data: {val: 1.5}", "r.yaml:1: data.val: 1.5 is no fraction between 0 and 1")]
    [InlineData("data: {threads: -1}", "r.yaml:1: data.threads: -1 is negative")]
    [InlineData("data: {generate: cars}", "r.yaml:1: data.generate: 'cars' is no generated set; write products or aerial, or remove the key")]
    [InlineData("stages: [{loss: [bce]}]", "r.yaml:1: stages.0.loss: expects names with a value each, e.g. {name: value}")]
    [InlineData("stages: [{loss: {bce: much}}]", "r.yaml:1: stages.0.loss.bce: 'much' is not a number")]
    [InlineData("stages: [{loss: {bce: 1, bce: 2}}]", "r.yaml:1: stages.0.loss.bce: is given twice; remove one")]
    [InlineData("data: {best: f1}", "r.yaml:1: data.best: 'f1' is no metric; write logloss, top1, top5")]
    [InlineData("model:\n  name: resnet19", "r.yaml:2: model.name: there is no network 'resnet19'; the nearest is 'resnet18', and 'altar models' lists all")]
    [InlineData("model: {name: \"\"}", "r.yaml:1: model.name: is empty; 'altar models' lists the networks")]
    [InlineData("model: {weights: \"\"}", "r.yaml:1: model.weights: is empty; write published, none, or a file")]
    [InlineData("model: {dropout: 1}", "r.yaml:1: model.dropout: 1 is outside 0 to 1")]
    [InlineData("model: {preprocessing: {mean: [0]}}", "r.yaml:1: model.preprocessing.mean: needs three numbers, for red, green and blue")]
    [InlineData("model: {preprocessing: {std: [0, 1, 1]}}", "r.yaml:1: model.preprocessing.std: needs three numbers above 0")]
    [InlineData("stages: [{name: \"\"}]", "r.yaml:1: stages.0.name: is empty")]
    [InlineData("stages: [{learns: \"\"}]", "r.yaml:1: stages.0.learns: is empty; write head, all, or the first block that learns")]
    [InlineData("stages: [{epochs: 0}]", "r.yaml:1: stages.0.epochs: 0 is below 1; remove the stage if it shall not run")]
    [InlineData("stages: [{batch: 0}]", "r.yaml:1: stages.0.batch: 0 is below 1")]
    [InlineData("stages:\n  - name: a\n    rate: -0.1", "r.yaml:3: stages.0.rate: -0.1 is not above 0; a learning rate is positive")]
    [InlineData("stages: [{weight_decay: -1}]", "r.yaml:1: stages.0.weight_decay: -1 is negative")]
    [InlineData("stages: [{momentum: 1}]", "r.yaml:1: stages.0.momentum: 1 is outside 0 to 1")]
    [InlineData("stages: [{optimizer: nesterov, momentum: 0}]", "r.yaml:1: stages.0.momentum: nesterov needs momentum above 0")]
    [InlineData("stages: [{dropout: -0.5}]", "r.yaml:1: stages.0.dropout: -0.5 is outside 0 to 1")]
    [InlineData("stages: [{patience: -1}]", "r.yaml:1: stages.0.patience: -1 is negative; 0 means never")]
    [InlineData("stages:\n  - augment:\n      from: hard\n      rotate: 500", "r.yaml:4: stages.0.augment.rotate: is 500; write a number from 0 to 180.")]
    [InlineData("stages: [{augment: {dropout: {holes_max: 99}}}]", "r.yaml:1: stages.0.augment.dropout.holes_max: is 99; write a number from 1 to 64.")]
    [InlineData("stages: [{augment: hrad}]", "r.yaml:1: stages.0.augment: 'hrad' is no augmentation; write none, light, hard, hard-aerial")]
    [InlineData("stages: [{schedule: {cycles: -1}}]", "r.yaml:1: stages.0.schedule.cycles: -1 is below 1")]
    [InlineData("stages: [{schedule: {warmup: 2}}]", "r.yaml:1: stages.0.schedule.warmup: 2 epochs do not fit into the stage's 1")]
    [InlineData("stages: [{snapshots: true}]", "r.yaml:1: stages.0.snapshots: are kept where a cosine cycle ends, and this schedule has none; write schedule: {cycles: 3}")]
    [InlineData("stages: [{schedule: {cycles: 2}, patience: 1}]", "r.yaml:1: stages.0.patience: would end the stage inside a cycle")]
    public void What_no_run_could_use_is_named_with_its_line(string yaml, string message)
    {
        Assert.Contains(message, Error(yaml), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stages.0.epochs=0", "--set stages.0.epochs=0: 0 is below 1; remove the stage if it shall not run")]
    [InlineData("stages.0.epoch=1", "--set stages.0.epoch=1: stages.0: unknown key 'epoch'; the nearest known key is 'epochs'")]
    [InlineData("stage.0.epochs=1", "--set stage.0.epochs=1: unknown key 'stage'; the nearest known key is 'stages'")]
    [InlineData("stages.3.epochs=1", "--set stages.3.epochs=1: stages has 1 entries, stages.0 to stages.0; there is no stages.3.")]
    [InlineData("seed", "--set seed: write --set key=value with a dotted key, e.g. --set stages.0.epochs=1.")]
    [InlineData("data..val=1", "--set data..val=1: write --set key=value")]
    [InlineData("seed=[", "--set seed=[: this is not YAML: ")]
    [InlineData("seed=one", "--set seed=one: 'one' is not a whole number")]
    public void A_wrong_override_is_named_as_it_was_typed(string option, string message)
    {
        Assert.Contains(message, Error("stages: [{epochs: 3}]", option), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var lines = Error("data: {train: a}\nsede: 1\nstages:\n  - {epochs: x, rate: -1}").Split('\n');

        Assert.Equal(
        [
            "r.yaml:2: unknown key 'sede'; the nearest known key is 'seed'",
            "r.yaml:4: stages.0.epochs: 'x' is not a whole number",
            "r.yaml:4: stages.0.rate: -1 is not above 0; a learning rate is positive",
        ], lines);
    }

    [Fact]
    public void A_hostile_depth_is_refused()
    {
        Assert.Contains("nested more than 32 deep", Error("name: " + new string('[', 100_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<BadInputException>(() => RecipeFile.Read("recipes/none.yaml"));

        Assert.Equal("recipes/none.yaml: there is no such recipe or folder of pictures.", error.Message);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        var error = Assert.Throws<BadInputException>(() => RecipeFile.Read(AppContext.BaseDirectory));

        Assert.Contains("the recipe cannot be read", error.Message, StringComparison.Ordinal);
    }

    private static string Error(string yaml, params string[] overrides) =>
        Assert.Throws<BadInputException>(() => RecipeFile.Parse(yaml, "r.yaml", overrides)).Message;
}
