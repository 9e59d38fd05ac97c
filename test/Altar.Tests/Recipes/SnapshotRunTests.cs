using Altar.Inference;
using Altar.Recipes;
using Altar.Training;

namespace Altar.Tests.Recipes;

public sealed class SnapshotRunTests : IDisposable
{
    private readonly StripedFolder _pictures = new(train: 16, val: 4);

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Each_minimum_of_each_stage_has_its_snapshot_also_that_of_a_single_cosine()
    {
        var recipe = RecipeFile.Parse($$"""
            name: stripes
            data: {train: {{_pictures.Train}}, val: {{_pictures.Val}}, size: 32}
            model: {name: resnet20_cifar, weights: none}
            stages:
              - {name: one, epochs: 1, batch: 8, rate: 0.01, schedule: cosine, snapshots: true}
              - {name: none, epochs: 1, batch: 8, rate: 0.01, schedule: {cycles: 1} }
              - {name: two, epochs: 2, batch: 8, rate: 0.01, schedule: {cycles: 2, phase: code}, snapshots: true}
            """, "stripes.yaml");
        var run = Path.Combine(_pictures.Home, "run");

        TrainingRun.Execute(recipe, new RunOptions { Folder = run, Device = "cpu" }, new Nobody(), CancellationToken.None);

        var snapshots = MemberCheckpoint.Find([run], ["snapshots"]);
        Assert.Equal(["snapshot-1", "snapshot-2", "snapshot-3"], snapshots.Select(member => member.Name));
        Assert.Equal(3, snapshots.Select(member => Convert.ToHexString(Weights(member.Folder))).Distinct().Count());
        Assert.Equal(Weights(Path.Combine(run, "checkpoints", "last")), Weights(snapshots[^1].Folder));   // the last step of a run is its last minimum
    }

    private static byte[] Weights(string checkpoint) => File.ReadAllBytes(Path.Combine(checkpoint, "model.safetensors"));

    private sealed class Nobody : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
        }
    }
}
