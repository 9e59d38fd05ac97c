using Altar.Augmentation;
using Altar.Images;
using Altar.Metrics;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using Altar.Training.Hooks;

namespace Altar.Tests.Training.Hooks;

/// <summary>When a run is saved, what that costs, and what is kept.</summary>
public sealed class CheckpointingTests : IDisposable
{
    // 40 pictures in batches of 8: five steps an epoch.
    private static readonly Stage Plain = new() { Epochs = 6, Batch = 8, Augment = AugmentationOptions.None, Rate = 1e-3 };

    private readonly RunFolder _folder = new(Path.Combine(Path.GetTempPath(), $"altar-saving-{Guid.NewGuid():N}"));

    public void Dispose()
    {
        if (Directory.Exists(_folder.Path)) Directory.Delete(_folder.Path, recursive: true);
    }

    [Fact]
    public void Inside_an_epoch_no_more_steps_than_the_interval_can_be_lost()
    {
        var saved = new List<int>();

        Fit([Plain], every: "4", hooks: [new AfterStep(() => saved.Add(RunCheckpoints.ReadState(_folder)!.Steps))]);

        Assert.Equal(30, saved.Count);
        Assert.All(saved.Index(), entry => Assert.InRange(entry.Index + 1 - entry.Item, 0, 3));
    }

    [Fact]
    public void Ends_of_epochs_are_saved_only_where_that_is_cheap()
    {
        var slow = SavedEpochs(diskSeconds: 1, stepSeconds: 0.1);     // an epoch of half a second
        var quick = SavedEpochs(diskSeconds: 1, stepSeconds: 20);     // a second is 1 % of it

        Assert.Equal([0, 0, 0, 0, 0, 0], slow);
        Assert.Equal([1, 2, 3, 4, 5, 5], quick);   // the last is saved with its stage, which comes after it
    }

    [Fact]
    public void The_best_is_on_the_disk_before_a_state_that_tells_of_it()
    {
        var seen = new List<(bool Told, bool There)>();

        Fit([Plain], every: "3", hooks: [new AfterStep(() => seen.Add((RunCheckpoints.ReadState(_folder)!.Best is not null, Directory.Exists(_folder.Best))))]);

        Assert.Contains((true, true), seen);
        Assert.DoesNotContain((true, false), seen);
    }

    [Fact]
    public void A_stage_says_what_saving_it_cost()
    {
        var notes = new List<string>();
        var clock = new SlowClock(diskSeconds: 1, stepSeconds: 10);

        Fit([Plain], time: clock, notes: notes, hooks: [new AfterStep(clock.Step)], free: clock.Write);

        // Epochs of 50 s. At the start last alone, 1 s; then last and best, 2 s each, after epochs 1, 3 and 5, and at the end.
        Assert.Equal("stage 'stage': 5 checkpoints took 9.0 s, 2.9 % of its time.", Assert.Single(notes));
    }

    [Fact]
    public void Only_the_epochs_and_snapshots_of_the_policy_are_left()
    {
        Fit([Plain with { Schedule = new() { Cycles = 3 }, Snapshots = true }], keep: new RetentionPolicy { Newest = 1, Every = 4, Snapshots = 2 });

        Assert.Equal(["best", "epoch-4", "epoch-6", "last", "snapshot-2", "snapshot-3"], Directory.GetDirectories(_folder.Checkpoints).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_disk_without_room_leaves_the_earlier_checkpoint_whole()
    {
        var writes = 0;

        var error = Assert.Throws<IOException>(() => Fit([Plain], every: "2", free: _ => ++writes > 3 ? 1000 : long.MaxValue));

        Assert.Contains("the next checkpoint needs 1.0 MiB", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, RunCheckpoints.ReadState(_folder)!.Steps);   // of steps 0, 2 and 4
        using var network = TinyNetwork.Create(seed: 9);
        RunCheckpoints.RestoreWeights(network, _folder.Last);
        Assert.Equal(["last"], Directory.GetDirectories(_folder.Checkpoints).Select(Path.GetFileName));
    }

    private List<int> SavedEpochs(double diskSeconds, double stepSeconds)
    {
        if (Directory.Exists(_folder.Path)) Directory.Delete(_folder.Path, recursive: true);
        var clock = new SlowClock(diskSeconds, stepSeconds);
        var saved = new List<int>();
        Fit([Plain], every: "1000", time: clock, hooks: [new AfterStep(clock.Step), new AfterEpoch(() => saved.Add(RunCheckpoints.ReadState(_folder)!.Epochs.Count))], free: clock.Write);
        return saved;
    }

    private void Fit(
        Stage[] stages, string every = "1000", RetentionPolicy? keep = null, TimeProvider? time = null, List<string>? notes = null,
        IReadOnlyList<TrainingHook>? hooks = null, Func<string, long>? free = null)
    {
        using var network = TinyNetwork.Create();
        var opener = new StageOpener
        {
            Network = network,
            Task = new ClassificationTask(["left", "right"]),
            Training = new SampleFeed(40, _ => new StripedPictures(40)),
            Validation = new SampleFeed(20, _ => new StripedPictures(20)),
            Size = PixelSize.Square(8),
            Dropout = 0,
            Seed = new Seed(3),
            Threads = 1,
        };
        var checkpoints = new RunCheckpoints(_folder, _ => new ModelCard { Model = new ModelOptions(), Classes = ["left", "right"], Size = PixelSize.Square(8) }, "", free);
        using var checkpointing = new Checkpointing(checkpoints, CheckpointInterval.Parse(every), stages, time ?? TimeProvider.System)
        {
            Keep = keep ?? new(),
            Progress = notes is null ? null : new Notes(notes),
        };
        new Trainer(stages, state => opener.Open(stages[state.Stage], state.Stage), Metric.LogLoss, [checkpointing, .. hooks ?? []]).Fit(new TrainingState(), CancellationToken.None);
    }

    /// <summary>A clock that moves when a step is taken and when a checkpoint is written.</summary>
    private sealed class SlowClock(double diskSeconds, double stepSeconds) : TimeProvider
    {
        private double _seconds;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(_seconds * TimestampFrequency);

        public void Step() => _seconds += stepSeconds;

        public long Write(string path)
        {
            _seconds += diskSeconds;
            return long.MaxValue;
        }
    }

    private sealed class AfterStep(Action act) : TrainingHook
    {
        public override void OnStepEnd(in StepEnd moment) => act();
    }

    private sealed class AfterEpoch(Action act) : TrainingHook
    {
        public override Verdict OnEpochEnd(in EpochEnd moment)
        {
            act();
            return Verdict.Continue;
        }
    }

    private sealed class Notes(List<string> texts) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.Note note) texts.Add(note.Text);
        }
    }
}
