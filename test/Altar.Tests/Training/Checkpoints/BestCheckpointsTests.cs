using Altar.Metrics;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Training.Checkpoints;

public sealed class BestCheckpointsTests : IDisposable
{
    private readonly RunFolder _folder = new(Directory.CreateTempSubdirectory("altar-best").FullName);

    public BestCheckpointsTests() => Directory.CreateDirectory(_folder.Checkpoints);

    [Fact]
    public void Epochs_are_ranked_by_the_metric_the_earlier_first_and_those_without_a_number_last()
    {
        double[] losses = [0.5, double.NaN, 0.3, 0.5, 0.9];

        Assert.Equal([3, 1, 4, 5, 2], BestCheckpoints.Rank(Epochs(losses), Metric.LogLoss, 9));
        Assert.Equal([5, 1], BestCheckpoints.Rank(Epochs(losses, Metric.Top1), Metric.Top1, 2));
    }

    [Fact]
    public void The_folders_are_in_the_order_of_the_ranks()
    {
        Run([0.5, 0.3, 0.9, 0.4, 0.2]);

        Assert.Equal([("best-1", "epoch 5"), ("best-2", "epoch 2"), ("best-3", "epoch 4")], Found());
    }

    [Fact]
    public void A_kill_at_any_moment_costs_no_place()
    {
        Run([0.5, 0.3, 0.9]);
        Directory.Move(_folder.Checkpoint("best-1"), _folder.Checkpoint("best-of-2.moving"));   // between the two renames
        Directory.CreateDirectory(_folder.Checkpoint("best-4"));                                // not of this run

        Run([0.5, 0.3, 0.9, 0.4], from: 4);

        Assert.Equal([("best-1", "epoch 2"), ("best-2", "epoch 4"), ("best-3", "epoch 1")], Found());
    }

    [Fact]
    public void An_epoch_that_is_done_again_takes_the_place_it_had()
    {
        Run([0.5, 0.3]);
        Run([0.5, 0.3], from: 2, text: "again ");

        Assert.Equal([("best-1", "again 2"), ("best-2", "epoch 1")], Found());
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    private void Run(double[] losses, int from = 1, string text = "epoch ")
    {
        var best = new BestCheckpoints(_folder, Metric.LogLoss, 3);
        for (var epoch = from; epoch <= losses.Length; epoch++)
        {
            best.Update(new TrainingState { Epochs = Epochs(losses[..epoch]) }, (path, more) => AtomicFolder.Write(path, coming =>
            {
                File.WriteAllText(Path.Combine(coming, "model"), $"{text}{epoch}");
                more(coming);
            }));
        }
    }

    private IEnumerable<(string, string)> Found() =>
        Directory.GetDirectories(_folder.Checkpoints).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllText(Path.Combine(path, "model"))));

    private static EpochRecord[] Epochs(double[] values, Metric? metric = null) =>
        [.. values.Select((value, index) => new EpochRecord(index + 1, "all", index + 1, 0.1, 1, new MetricValues((metric ?? Metric.LogLoss, value)), 1, 1, 0, 0, 0))];
}
