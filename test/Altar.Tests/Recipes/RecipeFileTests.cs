using Altar.Augmentation;
using Altar.Images;
using Altar.Networks;
using Altar.Recipes;
using Altar.Schedules;
using Altar.Training;

namespace Altar.Tests.Recipes;

public class RecipeFileTests
{
    private const string Small = """
        data: {train: photos}
        stages:
          - {name: head, learns: head, epochs: 2}
          - {name: all, rate: 1e-3}
        """;

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        var recipe = RecipeFile.Parse("""
            name: products
            seed: 7
            data:
              train: train.csv
              size: 224x320
              threads: 3
            model:
              padding: tensorflow
              preprocessing: {mean: [0.1, 0.2, 0.3], std: [1, 1, 1]}
              dropout: 0.5
              allow_unset: [classifier., extra]
            stages:
              - {optimizer: adamw, weight_decay: 1e-2, decays_norms: false, schedule: {from: cosine, warmup: 1}, size: 96, norm: frozen}
            """, "test");
        var stage = Assert.Single(recipe.Stages);

        Assert.Equal(("products", 7L, 3), (recipe.Name, recipe.Seed, recipe.Data.Threads));
        Assert.Equal(new PixelSize(Width: 320, Height: 224), recipe.Data.Size);
        Assert.Equal((PaddingStyle.TensorFlow, 0.5), (recipe.Model.Padding, recipe.Model.Dropout));
        Assert.Equal([0.1f, 0.2f, 0.3f], recipe.Model.Preprocessing.Mean);
        Assert.Equal(["classifier.", "extra"], recipe.Model.AllowUnset);
        Assert.Equal((OptimizerKind.AdamW, 0.01, false, NormPolicy.Frozen), (stage.Optimizer, stage.WeightDecay, stage.DecaysNorms, stage.Norm));
        Assert.Equal((ScheduleCurve.Cosine, 1.0), (stage.Schedule.Curve, stage.Schedule.Warmup));
        Assert.Equal(PixelSize.Square(96), stage.Size);
    }

    [Fact]
    public void Names_of_the_files_own_choice_keep_their_order_and_are_written_back()
    {
        var recipe = RecipeFile.Parse("stages: [{loss: {focal: 0.3, cross_entropy: 1}}]\ndata: {train: photos}", "test");

        Assert.Equal([("focal", 0.3), ("cross_entropy", 1.0)], recipe.Stages[0].Loss!.Select(loss => (loss.Key, loss.Value)));
        Assert.Equal(RecipeFile.Write(recipe), RecipeFile.Write(RecipeFile.Parse(RecipeFile.Write(recipe), "again")));
    }

    [Fact]
    public void A_key_that_is_missing_keeps_its_default()
    {
        var recipe = RecipeFile.Parse(Small, "test");

        Assert.Equal((new Recipe().Name, new Recipe().Seed, "0.2"), (recipe.Name, recipe.Seed, recipe.Data.Val));
        Assert.Equal((2, 0.01), (recipe.Stages[0].Epochs, recipe.Stages[0].Rate));
        Assert.Equal((1, 0.001), (recipe.Stages[1].Epochs, recipe.Stages[1].Rate));
    }

    [Fact]
    public void Anchors_repeat_what_stages_share()
    {
        var recipe = RecipeFile.Parse("""
            data: {train: photos}
            stages:
              - {name: one, schedule: &wave {cycles: 2}}
              - {name: two, schedule: *wave}
            """, "test");

        Assert.Equal([2, 2], recipe.Stages.Select(stage => stage.Schedule.Cycles));
    }

    [Fact]
    public void Stages_without_a_name_are_counted()
    {
        var recipe = RecipeFile.Parse("{data: {train: photos}, stages: [{epochs: 1}, {name: last}, {epochs: 2}]}", "test");

        Assert.Equal(["stage-1", "last", "stage-3"], recipe.Stages.Select(stage => stage.Name));
    }

    [Fact]
    public void Set_overrides_anything_and_a_later_one_wins()
    {
        var recipe = RecipeFile.Parse(Small, "test",
        [
            "stages.0.epochs=1", "stages.0.epochs=5", "data.val=other", "model.allow_unset=[fc.]", "stages.1.schedule.cycles=3", "data.group=sender", "data.group=",
        ]);

        Assert.Equal((5, "other", 3), (recipe.Stages[0].Epochs, recipe.Data.Val, recipe.Stages[1].Schedule.Cycles));
        Assert.Equal(["fc."], recipe.Model.AllowUnset);
        Assert.Null(recipe.Data.Group);
    }

    [Fact]
    public void Set_changes_one_parameter_of_a_preset_and_keeps_the_rest()
    {
        var recipe = RecipeFile.Parse("{data: {train: photos}, model: {preprocessing: tensorflow}, stages: [{schedule: linear}]}", "test",
            ["stages.0.schedule.floor=0.1", "model.preprocessing.std=[1, 1, 1]"]);

        Assert.Equal((ScheduleCurve.Linear, 0.1), (recipe.Stages[0].Schedule.Curve, recipe.Stages[0].Schedule.Floor));
        Assert.Equal([0.5f, 0.5f, 0.5f], recipe.Model.Preprocessing.Mean);
        Assert.Equal([1f, 1f, 1f], recipe.Model.Preprocessing.Std);
    }

    [Fact]
    public void A_preset_of_augmentation_takes_other_values_also_in_its_parts()
    {
        var recipe = RecipeFile.Parse("""
            data: {train: photos}
            stages:
              - augment: {from: hard, rotate: 20, color: {hue: 5}, dropout: {}}
              - {name: second, augment: {mirror: 0.5}}
            """, "test", ["stages.0.augment.shear=0"]);
        var hard = AugmentationOptions.Hard;

        Assert.Equal(hard with { Rotate = 20, Shear = 0, Color = hard.Color! with { Hue = 5 }, Dropout = new DropoutOptions() }, recipe.Stages[0].Augment);
        Assert.Equal(AugmentationOptions.None with { Mirror = 0.5 }, recipe.Stages[1].Augment);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("light")]
    [InlineData("hard")]
    [InlineData("hard-aerial")]
    public void A_preset_of_augmentation_reads_back_from_the_resolved_recipe_as_itself(string name)
    {
        var recipe = RecipeFile.Parse(Small, "test", [$"stages.0.augment={name}"]);

        Assert.Equal(AugmentationOptions.Parse(name), RecipeFile.Parse(RecipeFile.Write(recipe), "resolved").Stages[0].Augment);
    }

    [Fact]
    public void A_folder_has_a_whole_recipe_and_may_bear_any_name()
    {
        var recipe = RecipeFile.ForFolder("my photos: #1", ["stages.0.epochs=4"]);

        Assert.Equal(("my photos: #1", "0.2"), (recipe.Data.Train, recipe.Data.Val));
        Assert.Equal(("mobilenet_v2", "published"), (recipe.Model.Name, recipe.Model.Weights));
        Assert.Equal(("head", 4), (recipe.Stages[0].Learns, recipe.Stages[0].Epochs));
    }

    [Fact]
    public void Open_tells_a_folder_from_a_recipe()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "recipe.yaml");
        File.WriteAllText(file, Small);

        Assert.Equal(folder.FullName, RecipeFile.Open(folder.FullName).Data.Train);
        Assert.Equal("photos", RecipeFile.Open(file).Data.Train);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Odd_texts_survive_writing_and_reading()
    {
        string[] odd = ["null", "", "a: b", "# no comment", "- x", "\"quoted\"", "C:\\photos", "line\nbreak", "Größe", "~", "true", "1e-3", "*", "a, b"];

        foreach (var text in odd)
        {
            var recipe = RecipeFile.Parse(Small, "test") with { Model = new ModelOptions { AllowUnset = [text] } };
            Assert.Equal([text], RecipeFile.Parse(RecipeFile.Write(recipe), "test").Model.AllowUnset);
        }
    }

    [Fact]
    public void The_resolved_recipe_has_every_key()
    {
        var text = RecipeFile.Write(RecipeFile.Parse(Small, "test"));

        Assert.Contains("\ndata:\n  train: photos\n  val: 0.2\n  image: image\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  allow_unset: []\n", text, StringComparison.Ordinal);
        Assert.Contains("\nstages:\n  - name: head\n    epochs: 2\n    learns: head\n    optimizer: sgd\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    schedule:\n      curve: constant\n", text, StringComparison.Ordinal);
    }
}
