using Altar.Augmentation;
using Altar.Images;
using Altar.Schedules;
using Altar.Training.Tricks;

namespace Altar.Training;

/// <summary>Which optimizer a stage uses.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Stochastic gradient descent with Nesterov momentum.</summary>
    Nesterov,

    /// <summary>Adam with decoupled weight decay (arXiv:1711.05101).</summary>
    AdamW,

    /// <summary>The sign of a moving mean (arXiv:2302.06675).</summary>
    Lion,
}

/// <summary>What the batch norms do in training.</summary>
public enum NormPolicy
{
    /// <summary>Normalise by the batch and update the running statistics, also in a frozen trunk (as MXNet's fixed parameters did).</summary>
    Batch,

    /// <summary>Normalise by the running statistics and leave them as they are.</summary>
    Frozen,
}

/// <summary>A part of a run with one set of rules: an entry of the recipe's <c>stages</c>. The optimizer is new in each.</summary>
public sealed record Stage
{
    /// <summary>Its name in tables and curves. Default "stage".</summary>
    public string Name { get; init; } = "stage";

    /// <summary>Passes over the training set, at least 1. Default 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>What learns: "head", "all" (default), or the name of the first trunk block that learns; all behind it learn too.</summary>
    public string Learns { get; init; } = "all";

    /// <summary>Default sgd.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Momentum of SGD, in [0, 1). Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay, at least 0. Default 1e-4.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Whether norms and biases decay too. Default true, as the originals did.</summary>
    public bool DecaysNorms { get; init; } = true;

    /// <summary>The learning rate that the schedule starts from, above 0. Default 0.01.</summary>
    public double Rate { get; init; } = 0.01;

    /// <summary>How the rate moves during the stage. Default constant.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>What the rate is multiplied by in named blocks, above 0, e.g. <c>{layer1: 0.1, head: 2}</c>. Null (default): 1 everywhere.</summary>
    public IReadOnlyDictionary<string, double>? Rates { get; init; }

    /// <summary>What the rate is multiplied by from each block to the one before it, in (0, 1], the head having 1 (arXiv:1801.06146). Default 1.</summary>
    public double RateDecay { get; init; } = 1;

    /// <summary>Blocks that join in each epoch from the head down; in the first epoch only the head learns (arXiv:1801.06146). 0 (default): all learn at once.</summary>
    public int Unfreeze { get; init; }

    /// <summary>Bounds of the gradients: a number for their norm, or {norm}, {value}, {adaptive}. Null (default): none.</summary>
    public ClipOptions? Clip { get; init; }

    /// <summary>What is minimised: a weighted sum of named losses, e.g. <c>{bce: 1, log_jaccard: 0.3}</c>. Null (default): the task's own.</summary>
    public IReadOnlyDictionary<string, double>? Loss { get; init; }

    /// <summary>Weight of the loss of a segmentation network's class head (<c>model.class_head</c>): binary cross-entropy of whether each class is in the picture. At least 0. Default 0.4 (arXiv:1612.01105).</summary>
    public double ClassLoss { get; init; } = 0.4;

    /// <summary>Share of the target that is spread evenly over all classes, in [0, 1) (arXiv:1512.00567). Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much each class counts in the loss. Default none: all alike.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>Pictures that go through the network at once, at least 1. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Batches whose gradients are added up before the weights move, at least 1. Default 1.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Pictures in a step.</summary>
    public int StepBatch => checked(Batch * Accumulate);

    /// <summary>Which pictures an epoch visits. Default shuffle: each once.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Input size of this stage; stands above <c>data.size</c>.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>none, light, hard, hard-aerial, or a mapping. Default light.</summary>
    public AugmentationOptions Augment { get; init; } = AugmentationOptions.Light;

    /// <summary>Alpha of mixup (arXiv:1710.09412), at least 0; 0 (default): off. 0.2 is usual.</summary>
    public double Mixup { get; init; }

    /// <summary>Alpha of CutMix (arXiv:1905.04899), at least 0; 0 (default): off. 1 is usual.</summary>
    public double Cutmix { get; init; }

    /// <summary>Share of a batch, the worst samples, whose mean loss is minimised, in (0, 1]; 0 (default): all (arXiv:1604.03540).</summary>
    public double OnlineHard { get; init; }

    /// <summary>Share of a batch, mostly hard samples, that gradients are computed of, in (0, 1); 0 (default): all (arXiv:1910.00762).</summary>
    public double Selective { get; init; }

    /// <summary>Batches of which the hardest one is learnt a second time; 0 (default): none is.</summary>
    public int ReplayHardest { get; init; }

    /// <summary>Decay of a moving average of the weights, which is what is validated and kept, in (0, 1); 0 (default): off. 0.999 is usual.</summary>
    public double Ema { get; init; }

    /// <summary>Epoch of the stage, from 1, at whose end the mean of the weights begins, which is what is validated and kept (arXiv:1803.05407); 0 (default): off.</summary>
    public int Swa { get; init; }

    /// <summary>Whether training pictures whose labels look wrong are listed at the stage's end. Default false.</summary>
    public bool Suspects { get; init; }

    /// <summary>Dropout before the head in this stage, in [0, 1); null (default): the model's.</summary>
    public double? Dropout { get; init; }

    /// <summary>What the batch norms do. Default batch.</summary>
    public NormPolicy Norm { get; init; } = NormPolicy.Batch;

    /// <summary>Epochs without a better val metric after which the stage ends; 0 (default): never.</summary>
    public int Patience { get; init; }

    /// <summary>Whether the weights are kept at the end of each cycle of the rate (arXiv:1704.00109). Default false.</summary>
    public bool Snapshots { get; init; }
}
