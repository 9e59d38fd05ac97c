using System.Runtime.CompilerServices;
using Altar.Datasets.Heads;
using Altar.Recipes;
using Altar.Training;

namespace Altar.Tests.Recipes;

public class ShippedRecipeTests
{
    private static readonly string _folder = Path.Combine(Root(), "recipes");

    public static TheoryData<string> All => [.. Directory.GetFiles(_folder, "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(All))]
    public void A_resolved_recipe_reads_back_to_itself(string name)
    {
        var resolved = RecipeFile.Write(Read(name));

        Assert.Equal(resolved, RecipeFile.Write(RecipeFile.Parse(resolved, "resolved")));
    }

    [Theory, MemberData(nameof(All))]
    public void A_recipe_says_where_it_comes_from_and_how_to_run_it(string name)
    {
        var header = File.ReadLines(Path.Combine(_folder, name)).TakeWhile(line => line.StartsWith('#')).ToList();

        Assert.Contains(header, line => line.StartsWith("# Source: ", StringComparison.Ordinal));
        Assert.Contains(header, line => line.StartsWith($"# Run:    altar train recipes/{name}", StringComparison.Ordinal));
    }

    [Fact]
    public void Avito_is_the_five_steps_of_the_talk()
    {
        var stages = Read("avito.yaml").Stages;

        Assert.Equal(("head", 3, 1e-2), (stages[0].Learns, stages[0].Epochs, stages[0].Rate));
        Assert.Equal([1e-2, 1e-3, 1e-4], stages.Skip(1).Take(3).Select(stage => stage.Rate));
        Assert.Equal((1e-4, OptimizerKind.Nesterov), (stages[4].Rate, stages[4].Optimizer));
        Assert.Equal((3, true), (stages[5].Schedule.Cycles, stages[5].Snapshots));
        Assert.All(stages, stage => Assert.Equal((NormPolicy.Batch, 0.9, 1e-4), (stage.Norm, stage.Momentum, stage.WeightDecay)));
    }

    [Theory]
    [InlineData("quickstart.yaml")]
    [InlineData("transfer.yaml")]
    [InlineData("avito.yaml")]
    public void The_last_stage_keeps_a_snapshot_at_each_of_three_minima(string name)
    {
        var last = Read(name).Stages[^1];
        var rates = last.Schedule.ToRates(last.Rate, last.Epochs * 10, stepsPerEpoch: 10);

        Assert.True(last.Snapshots);
        Assert.Equal(3, rates.CycleEnds.Count);
        Assert.All(rates.CycleEnds, end => Assert.True(rates.At(end - 1) < last.Rate / 20));
    }

    [Fact]
    public void Avito_is_the_union_of_four_label_sets()
    {
        var recipe = Read("avito.yaml");

        Assert.Equal("resnext101_64x4d", recipe.Model.Name);
        Assert.Equal(
            [("moderation", HeadKind.Multi), ("category", HeadKind.Single), ("title", HeadKind.Title), ("imagenet", HeadKind.Single)],
            recipe.Model.Heads.Select(head => (head.Key, head.Value.Kind)));
    }

    // Recipes that list their sets name them.
    private static Recipe Read(string name)
    {
        var path = Path.Combine(_folder, name);
        return RecipeFile.Read(path, File.ReadLines(path).Any(line => line.TrimEnd() == "  sets:") ? [] : ["data.train=photos"]);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
