using Altar.Augmentation;
using Altar.Batching;
using Altar.Images;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Optimizers;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Makes the stages of a run ready.</summary>
public sealed record StageOpener
{
    /// <summary>The network, on its device.</summary>
    public required VisionNetwork Network { get; init; }

    /// <summary>What it learns.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The training pictures.</summary>
    public required PictureFeed Training { get; init; }

    /// <summary>The validation pictures.</summary>
    public required PictureFeed Validation { get; init; }

    /// <summary>Input size of stages that name none.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>Dropout before the head in stages that name none.</summary>
    public required double Dropout { get; init; }

    /// <summary>The run's seed.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Threads that decode and augment; 0: one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>Where the network is. Default the CPU.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>What the steps' products are computed in; validation is in fp32, as prediction is. Default fp32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether a head-only stage with frozen norms and a fixed view may reuse its embeddings. Default true; false is for comparison.</summary>
    public bool CachesFeatures { get; init; } = true;

    /// <summary>Makes a stage ready: freezes what rests, makes a new optimizer, opens the batches.</summary>
    /// <param name="stage">Its rules.</param>
    /// <param name="index">Its place in the run, from 0: each stage has its own chance.</param>
    /// <param name="parts">Parts that each batch goes through the network in. Default 1.</param>
    /// <exception cref="BadInputException">The network has no such block, or the pictures are too few.</exception>
    public StageSession Open(Stage stage, int index, int parts = 1)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Network.HeadDropout = stage.Dropout ?? Dropout;
        var scale = Precision == Precision.Fp16 ? new LossScale() : null;
        IReadOnlyList<StageTrick> tricks = [.. StageTricks.Of(stage, Training.Count), .. scale is null ? Array.Empty<StageTrick>() : [scale]];
        var training = OpenTraining(stage, index, tricks);
        var optimizer = OptimizerOf(stage, LearningParts.Choose(Network, stage, training.BatchesPerEpoch));
        var rates = stage.Schedule.ToRates(stage.Rate, stage.Epochs * training.BatchesPerEpoch, training.BatchesPerEpoch);
        return new StageSession
        {
            Stage = stage,
            Network = Network,
            Optimizer = optimizer,
            Task = Task,
            Step = new TrainStep(Network, Task.ObjectiveOf(stage), optimizer, LearningParts.IsHeadOnly(stage), StepOptions.Of(stage).InParts(stage, parts) with { Precision = Precision }, scale),
            Tricks = tricks,
            Training = training,
            Validation = OpenValidation(stage),
            Rate = rates.At,
            CycleEnds = rates.CycleEnds,
            Seed = Seed,
        };
    }

    /// <summary>Opens the validation pictures as a stage sees them.</summary>
    /// <param name="stage">Its size and batch count.</param>
    public IBatchSource OpenValidation(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return Open(stage, Validation, AugmentationOptions.None, new BatchOptions { Batch = stage.Batch, Shuffles = false }, Seed);
    }

    /// <summary>Whether a stage reuses embeddings: its trunk and its view stand still, and no picture is mixed with another.</summary>
    /// <param name="stage">The stage.</param>
    public bool ReusesFeatures(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return CachesFeatures && !Training.IsStreamed && Network is Classifier && LearningParts.IsHeadOnly(stage) && stage is { Norm: NormPolicy.Frozen, Mixup: 0, Cutmix: 0 } && stage.Augment.Equals(AugmentationOptions.None);
    }

    /// <summary>Steps in each epoch of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="options">Its batches.</param>
    public int BatchesPerEpoch(Stage stage, BatchOptions options) =>
        ReusesFeatures(stage) ? new BatchPlan(Training.Count, options, Seed).BatchesPerEpoch : Training.BatchesPerEpoch(options);

    /// <summary>The input size of a stage.</summary>
    /// <param name="stage">The stage.</param>
    public PixelSize SizeOf(Stage stage) => stage?.Size ?? Size;

    /// <summary>Pictures that an epoch's last training batch must have so as not to be dropped: a batch norm has no variance of one picture.</summary>
    /// <param name="stage">The stage.</param>
    public static int SmallestBatch(Stage stage) => stage?.Norm == NormPolicy.Batch ? Math.Min(2, stage.Batch) : 1;

    private static StageOptimizer OptimizerOf(Stage stage, IReadOnlyList<LearningParameter> learning) => stage.Optimizer switch
    {
        OptimizerKind.AdamW => new AdamW(learning),
        OptimizerKind.Lion => new Lion(learning),
        var kind => new Sgd(learning, stage.Momentum, nesterov: kind == OptimizerKind.Nesterov),
    };

    private IBatchSource OpenTraining(Stage stage, int index, IReadOnlyList<StageTrick> tricks)
    {
        var seed = Seed.For("stage").For(index);
        var options = new BatchOptions { Batch = stage.StepBatch, SmallestBatch = SmallestBatch(stage), Order = OrderOf(stage, seed, tricks) };
        var batches = Open(stage, Training, stage.Augment, options, seed);
        return stage.Sampling.Kind == SamplingKind.Loss ? new LateEpochs(batches) : batches;
    }

    private EpochOrder? OrderOf(Stage stage, Seed seed, IReadOnlyList<StageTrick> tricks)
    {
        var sampling = stage.Sampling;
        return sampling.Kind switch
        {
            SamplingKind.Balanced => ClassOrder.Balanced(LabelsFor(stage), seed),
            SamplingKind.Repeat => ClassOrder.Repeated(LabelsFor(stage), seed, sampling.Least, sampling.Copies),
            SamplingKind.Loss => LossOrder.Of(tricks.OfType<SampleHistory>().Single(), sampling.Even, seed),
            _ => null,
        };
    }

    private IReadOnlyList<int> LabelsFor(Stage stage) => Task.Labels
        ?? throw new BadInputException($"stage '{stage.Name}': sampling: the classes of the training pictures are not known; write sampling: shuffle.");

    private IBatchSource Open(Stage stage, PictureFeed feed, AugmentationOptions augmentation, BatchOptions batches, Seed seed)
    {
        var options = batches with { Threads = Threads, Device = Device };
        var view = new PictureView(augmentation, SizeOf(stage));
        return ReusesFeatures(stage) && !feed.IsStreamed && Network is Classifier classifier && FeatureSource.Fits(feed.Count, classifier.EmbeddingLength)
            ? new FeatureSource(feed, view, options, seed, classifier)
            : feed.Open(view, options, seed);
    }
}
