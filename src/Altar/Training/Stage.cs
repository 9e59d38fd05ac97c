using Altar.Augmentation;
using Altar.Images;
using Altar.Schedules;

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

    /// <summary>What is minimised: a weighted sum of named losses, e.g. <c>{bce: 1, log_jaccard: 0.3}</c>. Null (default): the task's own.</summary>
    public IReadOnlyDictionary<string, double>? Loss { get; init; }

    /// <summary>Weight of the loss of a segmentation network's class head (<c>model.class_head</c>): binary cross-entropy of whether each class is in the picture. At least 0. Default 0.4 (arXiv:1612.01105).</summary>
    public double ClassLoss { get; init; } = 0.4;

    /// <summary>Pictures in a step, at least 1. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Input size of this stage; stands above <c>data.size</c>.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>none, light, hard, hard-aerial, or a mapping. Default light.</summary>
    public AugmentationOptions Augment { get; init; } = AugmentationOptions.Light;

    /// <summary>Dropout before the head in this stage, in [0, 1); null (default): the model's.</summary>
    public double? Dropout { get; init; }

    /// <summary>What the batch norms do. Default batch.</summary>
    public NormPolicy Norm { get; init; } = NormPolicy.Batch;

    /// <summary>Epochs without a better val metric after which the stage ends; 0 (default): never.</summary>
    public int Patience { get; init; }

    /// <summary>Whether the weights are kept at the end of each cycle of the rate (arXiv:1704.00109). Default false.</summary>
    public bool Snapshots { get; init; }
}
