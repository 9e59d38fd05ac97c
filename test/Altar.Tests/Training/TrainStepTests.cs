using Altar.Tensors;
using Altar.Training;
using Altar.Training.Optimizers;
using static TorchSharp.torch;

namespace Altar.Tests.Training;

public class TrainStepTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(3)]     // parts of 3, 3 and 2
    [InlineData(1)]
    public void The_gradients_of_parts_add_up_to_those_of_the_whole_batch(int microBatch)
    {
        var whole = Gradients(new StepOptions());
        var parts = Gradients(new StepOptions { MicroBatch = microBatch });

        Assert.Equal(whole.Loss, parts.Loss, 1e-6);
        Assert.Equal(whole.Gradients, parts.Gradients, (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Fact]
    public void Parts_differ_by_one_sample_at_most()
    {
        using var scope = NewDisposeScope();
        var batch = new StepBatch(zeros(33, 1), zeros(33, ScalarType.Int64));

        Assert.Equal([16, 17], batch.Parts(32).Select(part => part.Count).Order());
        Assert.Equal([33], batch.Parts(0).Select(part => part.Count));
    }

    [Fact]
    public void Gradients_are_measured_before_they_are_clipped_and_clipped_before_the_weights_move()
    {
        var free = Gradients(new StepOptions(), measures: true);
        var clipped = Gradients(new StepOptions { Clip = new() { Norm = 0.01 } }, measures: true);

        Assert.Equal(free.Norms, clipped.Norms);
        Assert.True(free.Norms!.Value.Gradient > 0.01);
        Assert.Equal(0.01, Norm(clipped.Gradients), 1e-5);
        Assert.Equal(0.01, Norm(clipped.Moves), 1e-5);   // plain SGD at a rate of 1
    }

    [Fact]
    public void Easy_samples_are_skipped_and_the_norms_do_not_see_them()
    {
        using var network = TinyNetwork.Create();
        var before = network.state_dict()["norm.num_batches_tracked"].item<long>();

        var result = Run(network, new StepOptions { Selective = 0.5, KeepsSamples = true });

        Assert.Equal((4, 8), (result.Learnt, result.Samples.Count));
        Assert.Equal(before + 1, network.state_dict()["norm.num_batches_tracked"].item<long>());
        Assert.True(network.training);
    }

    [Fact]
    public void A_frozen_norm_still_rests_after_the_choice()
    {
        using var network = TinyNetwork.Create();
        ModuleModes.Train(network, new Stage { Norm = NormPolicy.Frozen });
        var before = network.state_dict()["norm.running_mean"].data<float>().ToArray();

        Run(network, new StepOptions { Selective = 0.5 }, setsMode: false);

        Assert.Equal(before, network.state_dict()["norm.running_mean"].data<float>().ToArray());
    }

    [Fact]
    public void The_outcome_of_each_sample_is_told()
    {
        using var network = TinyNetwork.Create();

        var result = Run(network, new StepOptions { KeepsSamples = true });

        Assert.Equal(result.Loss, result.Samples.Average(sample => sample.Loss), 1e-5);
        Assert.All(result.Samples, sample => Assert.Equal(-Math.Log(sample.TruthProbability), sample.Loss, 1e-4));
        Assert.All(result.Samples, sample => Assert.True(sample.GuessProbability >= 0.5 && sample.GuessProbability >= sample.TruthProbability));
    }

    private static double Norm(IEnumerable<float> numbers) => Math.Sqrt(numbers.Sum(number => (double)number * number));

    private static (double Loss, float[] Gradients, float[] Moves, StepNorms? Norms) Gradients(StepOptions options, bool measures = false)
    {
        using var network = TinyNetwork.Create();
        var before = Weights(network);
        var result = Run(network, options, frozen: true, measures);
        return (result.Loss, [.. network.parameters().SelectMany(weight => weight.grad!.data<float>().ToArray())], [.. before.Zip(Weights(network), (start, end) => end - start)], result.Norms);
    }

    private static float[] Weights(TinyNetwork network) => [.. network.parameters().SelectMany(weight => weight.data<float>().ToArray())];

    private static StepResult Run(TinyNetwork network, StepOptions options, bool frozen = false, bool measures = false, bool setsMode = true)
    {
        using var scope = NewDisposeScope();
        var stage = new Stage { WeightDecay = 0, Norm = frozen ? NormPolicy.Frozen : NormPolicy.Batch };
        if (setsMode) ModuleModes.Train(network, stage);
        using var optimizer = new Sgd(LearningParts.Choose(network, stage), momentum: 0, nesterov: false);
        new Seed(2).ApplyToTorch();
        var (images, labels) = (randn(8, 3, 8, 8), tensor(new[] { 0L, 1, 0, 0, 1, 1, 0, 1 }));
        return new TrainStep(network, new ClassificationTask(["a", "b"]).ObjectiveOf(stage), optimizer, headOnly: false, options).Run(images, labels, rate: 1, new Seed(1), measures);
    }
}
