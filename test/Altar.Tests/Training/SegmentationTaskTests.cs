using Altar.Metrics;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Tensors;
using Altar.Training;
using static TorchSharp.torch;

namespace Altar.Tests.Training;

public class SegmentationTaskTests
{
    [Fact]
    public void One_class_is_decided_by_its_probability_and_more_by_the_largest()
    {
        using var scope = NewDisposeScope();

        // Probabilities 0.5, 0.73, 0.27 of one class.
        Assert.Equal([1, 1, 0], SegmentationTask.Decide(tensor(new float[] { 0, 1, -1 }, [1, 1, 1, 3])).data<long>().ToArray());
        Assert.Equal([0, 1, 0], SegmentationTask.Decide(tensor(new float[] { 0, 1, -1 }, [1, 1, 1, 3]), threshold: 0.6).data<long>().ToArray());
        Assert.Equal([1, 0], SegmentationTask.Decide(tensor(new float[] { 0, 3, 1, 2 }, [1, 2, 1, 2])).data<long>().ToArray());
    }

    [Fact]
    public void The_validation_counts_pixels_over_all_batches()
    {
        using var scope = NewDisposeScope();
        var tally = new SegmentationTask(["roof"]).BeginValidation();

        tally.Add(tensor(new float[] { 9, 9, -9, -9 }, [1, 1, 2, 2]), tensor(new long[] { 1, 0, 1, 0 }, [1, 2, 2]));   // 1 found, 1 wrong, 1 missed
        tally.Add(tensor(new float[] { 9, -9, -9, -9 }, [1, 1, 2, 2]), tensor(new long[] { 1, 0, -1, 0 }, [1, 2, 2]));  // 1 found, one pixel ignored

        var values = tally.Values();
        Assert.Equal(2.0 / 4, values[Metric.Iou]);
        Assert.Equal(4.0 / 6, values[Metric.Dice]);
        Assert.Equal(5.0 / 7, values[Metric.Accuracy]);
    }

    [Fact]
    public void A_class_head_learns_from_whether_its_class_is_in_the_mask()
    {
        using var scope = NewDisposeScope();
        var model = new ModelOptions { Name = "unet+resnet20_cifar", ClassHead = true };
        using var network = SegmentationCatalog.Create(model, classes: 2, new Seed(1));
        var objective = new SegmentationTask(["ground", "roof"]).ObjectiveOf(new Stage { ClassLoss = 0.5 });
        var without = new SegmentationTask(["ground", "roof"]).ObjectiveOf(new Stage { ClassLoss = 0 });
        var (images, masks) = (zeros(2, 3, 32, 32), zeros(2, 32, 32, dtype: ScalarType.Int64));
        network.train();

        var output = network.Output(images, trunkRests: false);
        var (loss, pixels) = (objective.Mean(output, masks), without.Mean(output, masks));
        loss.backward();

        Assert.Equal([2, 4, 32, 32], output.shape);
        Assert.True(loss.item<float>() > pixels.item<float>());
        Assert.Contains(network.named_parameters(), entry => entry.name.StartsWith(SegmentationNetwork.ClassHeadPrefix, StringComparison.Ordinal) && entry.parameter.grad is not null);
        Assert.Equal([2], objective.Each(output, masks).shape);
        network.eval();
        Assert.Equal([2, 2, 32, 32], network.Output(images, trunkRests: false).shape);
    }
}
