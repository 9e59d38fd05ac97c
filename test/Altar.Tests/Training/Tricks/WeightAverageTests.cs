using Altar.Networks.Weights;
using Altar.Training;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Tricks;

public class WeightAverageTests
{
    private static readonly Stage Plain = new() { Epochs = 3, Batch = 20, Rate = 0.05, Norm = NormPolicy.Frozen };

    [Fact]
    public void The_moving_average_is_that_of_the_weights_after_each_step()
    {
        using var plain = new TrickRun(Plain);
        using var averaged = new TrickRun(Plain with { Ema = 0.5 });
        var diary = new Weights();
        plain.Train(hooks: diary);
        averaged.Train();

        // The decay is min(0.5, (1 + t) / (10 + t)): it starts at 2/11.
        var expected = diary.AfterStep[0];
        for (var t = 1; t < diary.AfterStep.Count; t++)
        {
            var keep = Math.Min(0.5, (1.0 + t) / (10.0 + t));
            expected = [.. expected.Zip(diary.AfterStep[t], (mean, weight) => (float)((keep * mean) + ((1 - keep) * weight)))];
        }

        Assert.Equal(expected, Weights.Of(averaged.Network), Close);
        Assert.NotEqual(Weights.Of(plain.Network), Weights.Of(averaged.Network), Close);
    }

    [Fact]
    public void The_stochastic_average_is_the_mean_of_the_ends_of_epochs_from_the_given_one_on()
    {
        using var plain = new TrickRun(Plain);
        using var averaged = new TrickRun(Plain with { Swa = 2 });
        var diary = new Weights();
        plain.Train(hooks: diary);
        averaged.Train();

        var (second, third) = (diary.AfterStep[3], diary.AfterStep[5]);   // two steps an epoch
        Assert.Equal(second.Zip(third, (one, other) => (one + other) / 2), Weights.Of(averaged.Network), Close);
    }

    [Fact]
    public void Statistics_of_the_norms_are_those_of_the_mean_weights_over_the_epoch()
    {
        using var run = new TrickRun(Plain with { Swa = 1, Norm = NormPolicy.Batch, Batch = 40, Epochs = 2 });
        run.Train();

        // One batch holds the whole epoch: mean and variance of what goes into the norm, under the averaged first layer.
        using var scope = NewDisposeScope();
        using var session = run.Open();
        var batch = session.Training.Epoch(1).Single();
        var maps = nn.functional.conv2d(batch.Images, run.Network.state_dict()["first.weight"], run.Network.state_dict()["first.bias"], padding: [1, 1]);   // [N, 8, H, W]
        Assert.Equal(maps.mean([0, 2, 3]).data<float>().ToArray(), run.Network.state_dict()["norm.running_mean"].data<float>().ToArray(), Close);
        batch.Dispose();
    }

    [Fact]
    public void What_is_kept_is_the_average_and_training_goes_on_with_its_own_weights()
    {
        using var plain = new TrickRun(Plain);
        using var averaged = new TrickRun(Plain with { Ema = 0.9 });
        plain.Train(until: 5);
        averaged.Train(until: 5);

        using var own = WeightsFile.Read(Path.Combine(plain.Folder.Last, "model.safetensors"));
        using var training = WeightsFile.Read(Path.Combine(averaged.Folder.Last, "training.safetensors"));
        using var kept = WeightsFile.Read(Path.Combine(averaged.Folder.Last, "model.safetensors"));
        using var memory = WeightsFile.Read(Path.Combine(averaged.Folder.Last, "tricks.safetensors"));
        Assert.Equal(Numbers(own, "head.weight"), Numbers(training, "head.weight"));
        Assert.Equal(Numbers(memory, "ema/weight/head.weight"), Numbers(kept, "head.weight"));
        Assert.NotEqual(Numbers(own, "head.weight"), Numbers(kept, "head.weight"));
    }

    [Fact]
    public void The_next_stage_starts_from_the_average()
    {
        Stage resting = Plain with { Name = "next", Epochs = 1, Rate = 1e-30 };
        using var one = new TrickRun(Plain with { Ema = 0.9 });
        using var two = new TrickRun(Plain with { Ema = 0.9 }, resting);

        one.Train();
        two.Train();

        Assert.Equal(Weights.Of(one.Network), Weights.Of(two.Network));
    }

    // Progressive resizing: each stage has its own tricks and its own size, and a resume in the second finds the second's memory.
    [Fact]
    public void Stages_of_growing_size_go_on_after_a_stop_with_their_own_memory()
    {
        Stage small = Plain with { Name = "small", Size = Altar.Images.PixelSize.Square(4), Ema = 0.9, ReplayHardest = 2 };
        Stage large = Plain with { Name = "large", Size = Altar.Images.PixelSize.Square(8), Ema = 0.8, ReplayHardest = 3 };
        using var whole = new TrickRun(small, large);
        using var parts = new TrickRun(small, large);

        whole.Train();
        foreach (var stop in new[] { 4, 6, 9 }) parts.Train(until: stop);
        parts.Train();

        Assert.Equal(whole.Bytes("model.safetensors"), parts.Bytes("model.safetensors"));
        Assert.Equal(whole.Bytes("tricks.safetensors"), parts.Bytes("tricks.safetensors"));
    }

    [Fact]
    public void Validation_judges_the_average()
    {
        using var averaged = new TrickRun(Plain with { Ema = 0.9 });
        var state = averaged.Train();

        // At the stage's end the average is the network: judged again, it gives the last epoch's figures.
        using var session = averaged.Open();
        Assert.Equal(state.Last!.Val, session.Validate(CancellationToken.None).Values);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(8, 0.5)]
    [InlineData(100_000, 0.999)]
    public void The_decay_climbs_with_the_updates(long updates, double expected) => Assert.Equal(expected, MovingAverage.DecayAt(0.999, updates), 1e-9);

    private static float[] Numbers(TensorSet set, string name) => set.Tensors[name].data<float>().ToArray();

    private static bool Close(float one, float other) => Math.Abs(one - other) < 1e-5;

    private sealed class Weights : TrainingHook
    {
        public List<float[]> AfterStep { get; } = [];

        public static float[] Of(TorchSharp.torch.nn.Module network) => [.. network.parameters().SelectMany(weight => weight.data<float>().ToArray())];

        public override void OnStepEnd(in StepEnd moment) => AfterStep.Add(Of(moment.Session.Network));
    }
}
