using Altar.Augmentation;
using Altar.Images;
using Altar.Metrics;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Hooks;
using TorchSharp;

namespace Altar.Tests.Training;

public class TrainerTests
{
    private static readonly Stage[] TwoStages =
    [
        new() { Name = "head", Learns = "head", Epochs = 3, Rate = 0.1, Batch = 8, Norm = NormPolicy.Frozen, Augment = AugmentationOptions.None, Dropout = 0.5 },
        new() { Name = "all", Epochs = 8, Rate = 0.05, Batch = 8 },
    ];

    [Fact]
    public void Both_stages_run_and_the_stripes_are_learnt()
    {
        using var network = TinyNetwork.Create();

        var state = Train(network, TwoStages, []);

        Assert.Equal(2, state.Stage);
        Assert.Equal(["head", "all"], state.Stages.Select(stage => stage.Name));
        Assert.Equal([3, 8], state.Stages.Select(stage => stage.Epochs));
        Assert.Equal(Enumerable.Range(1, 11), state.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(11 * 5, state.Steps);                        // 40 pictures in batches of 8
        Assert.Equal(1.0, state.Stages[^1].Val[Metric.Top1]);
        Assert.Equal(state.Epochs.MinBy(epoch => epoch.Val[Metric.LogLoss]), state.Best);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        using var one = TinyNetwork.Create();
        using var other = TinyNetwork.Create();

        Train(one, TwoStages, [], threads: 1);
        Train(other, TwoStages, [], threads: 4);

        Assert.Equal(one.Numbers(), other.Numbers());
    }

    [Fact]
    public void Reused_features_give_the_head_of_the_pictures()
    {
        using var cached = TinyNetwork.Create();
        using var uncached = TinyNetwork.Create();

        Train(cached, TwoStages[..1], []);
        Train(uncached, TwoStages[..1], [], cachesFeatures: false);

        Assert.NotEqual(TinyNetwork.Create().Numbers(), cached.Numbers());
        Assert.Equal(uncached.Numbers(), cached.Numbers(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Moments_come_in_their_order()
    {
        using var network = TinyNetwork.Create();
        var diary = new Diary();

        Train(network, [new Stage { Name = "only", Epochs = 2, Batch = 20 }], [diary]);

        Assert.Equal(["start only", "step 1", "step 2", "epoch 1", "step 3", "step 4", "epoch 2", "end only"], diary.Lines);
    }

    [Fact]
    public void Patience_ends_a_stage_that_no_longer_improves()
    {
        using var network = TinyNetwork.Create();

        // A rate of 1e-12 moves nothing: the first epoch is the best for ever.
        var state = Train(network, [new Stage { Epochs = 50, Rate = 1e-12, Patience = 2, Norm = NormPolicy.Frozen }, new Stage { Name = "next" }], [new Patience()]);

        Assert.Equal([3, 1], state.Stages.Select(stage => stage.Epochs));
    }

    [Fact]
    public void A_cancelled_run_finishes_its_step_and_goes_on_where_it_was()
    {
        using var whole = TinyNetwork.Create();
        var expected = Train(whole, [new Stage { Epochs = 3, Batch = 8, Momentum = 0 }], []);

        using var parts = TinyNetwork.Create();
        using var cancel = new CancellationTokenSource();
        var first = Train(parts, [new Stage { Epochs = 3, Batch = 8, Momentum = 0 }], [new CancelAt(7, cancel)], cancel: cancel.Token);
        var state = Train(parts, [new Stage { Epochs = 3, Batch = 8, Momentum = 0 }], [], from: first);

        Assert.Equal((7, 1, 2), (first.Steps, first.EpochsInStage, first.BatchesInEpoch));
        Assert.Equal(whole.Numbers(), parts.Numbers());
        Assert.Equal(expected.Epochs.Select(epoch => epoch.TrainLoss), state.Epochs.Select(epoch => epoch.TrainLoss));
        Assert.Equal(expected.Epochs.Select(epoch => epoch.Val[Metric.LogLoss]), state.Epochs.Select(epoch => epoch.Val[Metric.LogLoss]));
    }

    [Fact]
    public void Two_hundred_steps_leave_no_tensor_behind()
    {
        using var network = TinyNetwork.Create();
        var counts = new LiveTensors();
        Garbage.Collect();

        Train(network, [new Stage { Epochs = 40, Batch = 8 }], [counts]);

        Assert.Equal(200, counts.AfterStep.Count);
        var later = counts.AfterStep.Skip(5).ToList();               // the first validation makes its staging memory, which stays
        Assert.InRange(later.Max() - later.Min(), 0, 4);             // on a busy machine a loader may need a batch's memory or two more
    }

    private static TrainingState Train(
        TinyNetwork network, IReadOnlyList<Stage> stages, IReadOnlyList<TrainingHook> hooks,
        int threads = 2, bool cachesFeatures = true, TrainingState? from = null, CancellationToken cancel = default)
    {
        var opener = new StageOpener
        {
            Network = network,
            Task = new ClassificationTask(["left", "right"]),
            Training = new SampleFeed(40, view => new StripedPictures(40, fixedView: view.Augmentation.Equals(AugmentationOptions.None))),
            Validation = new SampleFeed(20, _ => new StripedPictures(20)),
            Size = PixelSize.Square(8),
            Dropout = 0,
            Seed = new Seed(3),
            Threads = threads,
            CachesFeatures = cachesFeatures,
        };
        return new Trainer(stages, state => opener.Open(stages[state.Stage], state.Stage), Metric.LogLoss, hooks).Fit(from ?? new TrainingState(), cancel);
    }

    private sealed class Diary : TrainingHook
    {
        public List<string> Lines { get; } = [];

        public override void OnStageStart(in StageStart moment) => Lines.Add($"start {moment.Session.Stage.Name}");

        public override void OnStepEnd(in StepEnd moment) => Lines.Add($"step {moment.State.Steps}");

        public override Verdict OnEpochEnd(in EpochEnd moment)
        {
            Lines.Add($"epoch {moment.Record.Epoch}");
            return Verdict.Continue;
        }

        public override void OnStageEnd(in StageEnd moment) => Lines.Add($"end {moment.Summary.Name}");
    }

    private sealed class CancelAt(int step, CancellationTokenSource cancel) : TrainingHook
    {
        public override void OnStepEnd(in StepEnd moment)
        {
            if (moment.State.Steps == step) cancel.Cancel();
        }
    }

    private sealed class LiveTensors : TrainingHook
    {
        public List<long> AfterStep { get; } = [];

        public override void OnStepEnd(in StepEnd moment) => AfterStep.Add(torch.Tensor.TotalCount);
    }
}
