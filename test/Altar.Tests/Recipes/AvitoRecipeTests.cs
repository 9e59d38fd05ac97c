using System.Runtime.CompilerServices;
using Altar.Recipes;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Recipes;

/// <summary>recipes/avito.yaml on generated shards: its heads, its stages, and its network.</summary>
public sealed class AvitoRecipeTests : IDisposable
{
    private readonly AvitoShards _shards = new(pictures: 4);

    public void Dispose() => _shards.Dispose();

    [Fact]
    public void Its_heads_and_stages_run_on_a_small_trunk()
    {
        var recipe = Read("model.name=resnet20_cifar", "data.size=32") is var read
            ? read with { Stages = [.. read.Stages.Take(2).Select(stage => stage with { Epochs = 1, Batch = 4 })] }
            : null!;

        var run = TrainingRun.Execute(recipe, new RunOptions { Folder = Path.Combine(_shards.Home, "run"), Device = "cpu" }, new Silent(), default);
        var card = ModelCardFile.Read(Path.Combine(run.Folder, "checkpoints", "best"));

        Assert.Equal(["loss", "moderation.f1", "category.top1", "title.top1", "title.top5", "imagenet.top1"], run.Best!.Val.Metrics.Select(metric => metric.Name));
        Assert.Equal(100 + 300 + 2500 + 1000, card.Classes.Count);
        Assert.Equal([100, 300, 2500, 1000], card.Heads!.Select(head => head.Classes.Count));
        Assert.Equal(100, card.Heads![0].Bands!.Count);
        Assert.Equal(2 * 2, File.ReadLines(Path.Combine(run.Folder, "steps.csv")).Count() - 1);   // two steps in each of two stages
        Assert.True(double.IsFinite(run.Best.TrainLoss));
    }

    [Fact]
    public void Its_network_takes_two_steps_with_all_heads()
    {
        var recipe = Read("data.size=64") is var read ? read with { Stages = [read.Stages[1] with { Epochs = 1, Batch = 4 }] } : null!;
        using var run = PreparedRun.Open(recipe, "cpu", fillsWeights: false, new Silent(), default);
        using var session = run.Opener.Open(recipe.Stages[0], 0);
        session.BeginEpoch();

        var losses = new List<double>();
        foreach (var batch in session.Training.Epoch(0))
        {
            using (batch) losses.Add(session.Step.Run(batch.Images, batch.Labels, session.Rate(losses.Count), session.SeedOfStep(losses.Count)).Loss);
        }

        Assert.Equal("resnext101_64x4d", recipe.Model.Name);
        Assert.Equal(2, losses.Count);
        Assert.All(losses, loss => Assert.InRange(loss, 0.1, 1000));
        Assert.Equal([3900L, 2048], run.Network.state_dict()["fc.weight"].shape);
        Assert.Equal(81_406_272 + (2049 * 3900), run.Network.parameters().Sum(weight => weight.numel()));   // the trunk's, and one linear layer
    }

    [Fact]
    public void Shares_of_the_sets_do_not_depend_on_their_sizes()
    {
        var recipe = Read();

        Assert.Equal([8.0, 1.0], recipe.Data.Sets.Select(set => set.Weight!.Value));
        Assert.Equal([1.0, 1.0, 1.0, 0.5], recipe.Model.Heads.Values.Select(head => head.Weight));
    }

    private Recipe Read(params string[] overrides) => RecipeFile.Read(Path.Combine(Root(), "recipes", "avito.yaml"), [.. _shards.Overrides, .. overrides]);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    private sealed class Silent : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
        }
    }
}
