using Altar.Images;
using Altar.Metrics;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using Altar.Training.Hooks;

namespace Altar.Tests.Training.Tricks;

/// <summary>A run of one or more stages on forty striped pictures, with checkpoints in a folder of its own.</summary>
internal sealed class TrickRun : IDisposable
{
    private readonly RunFolder _folder = new(Path.Combine(Path.GetTempPath(), $"altar-tricks-{Guid.NewGuid():N}"));
    private readonly IReadOnlyList<Stage> _stages;

    public TrickRun(params IReadOnlyList<Stage> stages) => _stages = stages;

    public RunFolder Folder => _folder;

    public TinyNetwork Network { get; private set; } = TinyNetwork.Create();

    public int Threads { get; init; } = 2;

    /// <summary>Trains from the last checkpoint, if there is one, until the step.</summary>
    public TrainingState Train(int until = int.MaxValue, params TrainingHook[] hooks)
    {
        using var cancel = new CancellationTokenSource();
        var checkpoints = new RunCheckpoints(_folder, stage => new ModelCard { Model = new ModelOptions(), Classes = ["left", "right"], Size = PixelSize.Square(8) }, "");
        var saved = RunCheckpoints.ReadState(_folder);
        if (saved is not null)
        {
            Network.Dispose();
            Network = TinyNetwork.Create(seed: 99);   // another process starts from other weights
            checkpoints.RestoreTraining(Network);
        }

        TrainingHook[] all = [.. hooks, new Checkpointing(checkpoints, CheckpointInterval.Parse("1000"), _stages, TimeProvider.System), new StopAt(until, cancel)];
        return new Trainer(_stages, Open, Metric.LogLoss, all).Fit(saved ?? new TrainingState(), cancel.Token);

        StageSession Open(TrainingState at)
        {
            var session = Opener().Open(_stages[at.Stage], at.Stage);
            if (at == saved && at.StepsInStage > 0) checkpoints.RestoreMemory(session);
            return session;
        }
    }

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(_folder.Last, file));

    /// <summary>The stage, opened without training.</summary>
    public StageSession Open(int stage = 0) => Opener().Open(_stages[stage], stage);

    public void Dispose()
    {
        Network.Dispose();
        if (Directory.Exists(_folder.Path)) Directory.Delete(_folder.Path, recursive: true);
    }

    private StageOpener Opener() => new()
    {
        Network = Network,
        Task = new ClassificationTask(["left", "right"], [.. Enumerable.Range(0, 40).Select(sample => sample % 4 == 0 ? 0 : 1)]),
        Training = new SampleFeed(40, view => new StripedPictures(40, fixedView: false, oneIn: 4, view.Size.Width)),
        Validation = new SampleFeed(20, view => new StripedPictures(20, side: view.Size.Width)),
        Size = PixelSize.Square(8),
        Dropout = 0,
        Seed = new Seed(3),
        Threads = Threads,
    };

    private sealed class StopAt(int step, CancellationTokenSource cancel) : TrainingHook
    {
        public override void OnStepEnd(in StepEnd moment)
        {
            if (moment.State.Steps == step) cancel.Cancel();
        }
    }
}
