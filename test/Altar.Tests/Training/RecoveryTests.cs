using Altar.Augmentation;
using Altar.Images;
using Altar.Metrics;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using Altar.Training.Hooks;
using static TorchSharp.torch;

namespace Altar.Tests.Training;

/// <summary>Runs whose steps fail, and what becomes of them.</summary>
public sealed class RecoveryTests : IDisposable
{
    private static readonly Stage Calm = new() { Name = "calm", Epochs = 2, Batch = 8, Rate = 0.01, Augment = AugmentationOptions.None };

    // The first step leaves weights of about 1e19, the second one's loss is no number.
    private static readonly Stage Wild = Calm with { Name = "wild", Rate = 1e20, Momentum = 0, WeightDecay = 0 };

    private readonly RunFolder _folder = new(Path.Combine(Path.GetTempPath(), $"altar-recovery-{Guid.NewGuid():N}"));
    private readonly List<string> _warnings = [];
    private readonly List<int> _keptBatches = [];
    private readonly List<int> _wentBack = [];

    public void Dispose()
    {
        if (Directory.Exists(_folder.Path)) Directory.Delete(_folder.Path, recursive: true);
    }

    [Fact]
    public void A_loss_that_is_no_number_takes_the_run_back_at_a_lower_rate()
    {
        var (state, network) = Fit([Calm, Wild], new NonFiniteOptions { Factor = 1e-22 });
        using var _ = network;

        Assert.Equal(2, state.Stage);
        Assert.Equal(4 * 5, state.Steps);
        Assert.Equal([0.01, 0.01, 0.01, 0.01], state.Epochs.Select(epoch => epoch.Rate), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(network.Numbers(), number => Assert.True(float.IsFinite(number)));
        Assert.Equal(1, state.RateFactor);                 // another stage would begin with its own rate
        Assert.Equal([10], _wentBack);                     // to the end of the stage before
        Assert.StartsWith("stage 'wild', step 12: the loss is ", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.EndsWith("The run goes back to step 10; from there the rate is multiplied by 1E-22.", _warnings[0], StringComparison.Ordinal);
        Assert.Equal(8, Assert.Single(_keptBatches));
    }

    [Fact]
    public void The_run_stops_when_going_back_does_not_help_and_says_what_to_lower()
    {
        var error = Assert.Throws<BadInputException>(() => Fit([Wild], new NonFiniteOptions { Factor = 0.5, Retries = 2 }));

        Assert.Matches("^stage 'wild', step 2: the loss is .* The batch is in kept\\. The run stops here, after going back 2 times\\. Lower stages\\.0\\.rate, .*\\.$", error.Message);
        Assert.Equal([0, 0], _wentBack);
        using var network = Restored();
        Assert.True(FiniteWeights.Of(network));
    }

    [Fact]
    public void Asked_to_stop_it_stops_at_once()
    {
        var error = Assert.Throws<BadInputException>(() => Fit([Wild], NonFiniteOptions.Parse("stop")));

        Assert.Contains("The run stops here. Lower", error.Message, StringComparison.Ordinal);
        Assert.Empty(_wentBack);
    }

    [Fact]
    public void Weights_that_are_lost_in_an_epochs_last_step_are_neither_validated_nor_saved()
    {
        var (state, network) = Fit([Wild with { Batch = 40, Epochs = 1, Rate = 3e38, WeightDecay = 1e10 }], new NonFiniteOptions { Factor = 1e-41 });
        using var _ = network;

        Assert.Equal((1, 1), (state.Stage, state.Steps));
        Assert.StartsWith("stage 'wild', step 1: weights are infinite or NaN after the last step of the epoch", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Empty(_keptBatches);
    }

    [Fact]
    public void Without_memory_the_run_stops_and_says_what_to_lower()
    {
        var error = Assert.Throws<BadInputException>(() => Fit([Calm], fits: 4));

        Assert.Equal("stage 'calm', step 1: the memory does not suffice for 8 pictures at once of 8x8. To go on, write on_out_of_memory: split, which does it by itself, "
            + "or lower stages.0.batch to 4 with stages.0.accumulate: 2 for the same step; or lower stages.0.size.", error.Message);
    }

    [Fact]
    public void Asked_to_split_it_takes_smaller_parts_to_the_same_step()
    {
        var (state, network) = Fit([Calm with { Norm = NormPolicy.Frozen }], fits: 2, memory: MemoryPolicy.Split);
        using var _ = network;
        using var accumulated = Fit([Calm with { Norm = NormPolicy.Frozen, Batch = 2, Accumulate = 4 }]).Network;

        Assert.Equal((1, 10), (state.Stage, state.Steps));
        Assert.Equal([0, 0], _wentBack);                   // parts of 4, then of 2
        Assert.EndsWith("from there each batch goes through the network in parts of 2 at most.", _warnings[^1], StringComparison.Ordinal);
        Assert.Equal(accumulated.Numbers(), network.Numbers());
    }

    [Fact]
    public void Parts_that_a_batch_norm_could_not_use_are_not_tried()
    {
        var error = Assert.Throws<BadInputException>(() => Fit([Calm], fits: 2, memory: MemoryPolicy.Split));

        Assert.Contains("the memory does not suffice for 4 pictures at once", error.Message, StringComparison.Ordinal);
        Assert.Single(_wentBack);
    }

    private (TrainingState State, TinyNetwork Network) Fit(Stage[] stages, NonFiniteOptions? nonFinite = null, int fits = int.MaxValue, MemoryPolicy memory = MemoryPolicy.Stop)
    {
        if (Directory.Exists(_folder.Path)) Directory.Delete(_folder.Path, recursive: true);
        var network = TinyNetwork.Create();
        var checkpoints = new RunCheckpoints(_folder, _ => new ModelCard { Model = new ModelOptions(), Classes = ["left", "right"], Size = PixelSize.Square(8) }, "");
        var opener = new StageOpener
        {
            Network = network,
            Task = new HungryTask(fits),
            Training = new SampleFeed(40, _ => new StripedPictures(40)),
            Validation = new SampleFeed(20, _ => new StripedPictures(20)),
            Size = PixelSize.Square(8),
            Dropout = 0,
            Seed = new Seed(3),
            Threads = 1,
            CachesFeatures = false,
        };
        TrainingState? restored = null;
        var recovery = new Recovery(_folder, checkpoints, network)
        {
            OnNonFinite = nonFinite ?? new(),
            OnOutOfMemory = memory,
            Inspect = failure => { _keptBatches.Add((int)failure.Batch!.Images.shape[0]); return "kept"; },
            Progress = new Warnings(_warnings),
            WentBack = state => { restored = state; _wentBack.Add(state.Steps); },
        };
        using var checkpointing = new Checkpointing(checkpoints, CheckpointInterval.Parse("1000"), stages, TimeProvider.System);
        return (new Trainer(stages, Open, Metric.LogLoss, [checkpointing], recovery).Fit(new TrainingState(), CancellationToken.None), network);

        StageSession Open(TrainingState at)
        {
            var session = opener.Open(stages[at.Stage], at.Stage, at.Parts);
            if (ReferenceEquals(at, restored) && at.StepsInStage > 0) checkpoints.RestoreMemory(session);
            return session;
        }
    }

    private TinyNetwork Restored()
    {
        var network = TinyNetwork.Create(seed: 9);
        RunCheckpoints.RestoreWeights(network, _folder.Last);
        return network;
    }

    /// <summary>Classes, learnt from a few pictures at once only.</summary>
    private sealed class HungryTask(int fits) : LearningTask
    {
        private readonly ClassificationTask _classes = new(["left", "right"]);

        public override IReadOnlyList<Metric> Metrics => _classes.Metrics;

        public override Metric DefaultBest => _classes.DefaultBest;

        public override IObjective ObjectiveOf(Stage stage) => new Objective(_classes.ObjectiveOf(stage), fits);

        public override IValidationTally BeginValidation() => _classes.BeginValidation();

        private sealed class Objective(IObjective inner, int fits) : IObjective
        {
            public Tensor Mean(Tensor output, Tensor targets) => output.shape[0] > fits
                ? throw new InvalidOperationException("CUDA out of memory. Tried to allocate 2.00 GiB.")
                : inner.Mean(output, targets);

            public Tensor Each(Tensor output, Tensor targets) => inner.Each(output, targets);
        }
    }

    private sealed class Warnings(List<string> texts) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.Warning warning) texts.Add(warning.Text);
        }
    }
}
