using Altar.Augmentation;
using Altar.Training;
using Altar.Training.Tricks;

namespace Altar.Tests.Training.Tricks;

/// <summary>Every trick once, as a stage: a new one is tested by being added here.</summary>
internal static class TrickList
{
    // Of 40 pictures in batches of 8: five steps an epoch.
    private static readonly Stage Plain = new() { Name = "plain", Epochs = 3, Batch = 8, Rate = 0.02, Dropout = 0.3, Augment = AugmentationOptions.Light };

    public static IReadOnlyDictionary<string, Stage> All { get; } = new Dictionary<string, Stage>
    {
        ["nothing"] = Plain,
        ["mixup"] = Plain with { Mixup = 0.4 },
        ["cutmix"] = Plain with { Cutmix = 1 },
        ["mixup and cutmix"] = Plain with { Mixup = 0.4, Cutmix = 1 },
        ["label smoothing"] = Plain with { LabelSmoothing = 0.1 },
        ["focal loss"] = Plain with { Loss = new Dictionary<string, double> { ["focal"] = 1 } },
        ["class weights"] = Plain with { ClassWeights = ClassWeighting.Inverse },
        ["online hard"] = Plain with { OnlineHard = 0.5 },
        ["selective"] = Plain with { Selective = 0.5 },
        ["accumulation"] = Plain with { Batch = 4, Accumulate = 2 },
        ["clipped norm"] = Plain with { Clip = new ClipOptions { Norm = 0.1 } },
        ["clipped values"] = Plain with { Clip = new ClipOptions { Value = 0.01 } },
        ["adaptive clipping"] = Plain with { Clip = new ClipOptions { Adaptive = 0.01 } },
        ["rates by block"] = Plain with { Rates = new Dictionary<string, double> { ["first"] = 0.1, ["head"] = 2 }, RateDecay = 0.8 },
        ["unfreezing"] = Plain with { Unfreeze = 1, Optimizer = OptimizerKind.AdamW, Rate = 1e-3 },
        ["lion"] = Plain with { Optimizer = OptimizerKind.Lion, Rate = 1e-3 },
        ["moving average"] = Plain with { Ema = 0.9 },
        ["stochastic average"] = Plain with { Swa = 1 },
        ["replay"] = Plain with { ReplayHardest = 4, Optimizer = OptimizerKind.AdamW, Rate = 1e-3 },
        ["balanced sampling"] = Plain with { Sampling = new SamplingOptions { Kind = SamplingKind.Balanced } },
        ["repeated classes"] = Plain with { Sampling = new SamplingOptions { Kind = SamplingKind.Repeat, Least = 25 } },
        ["sampling by loss"] = Plain with { Sampling = new SamplingOptions { Kind = SamplingKind.Loss } },
        ["suspects"] = Plain with { Suspects = true },
        ["many at once"] = Plain with
        {
            Optimizer = OptimizerKind.AdamW, Rate = 1e-3, Ema = 0.9, ReplayHardest = 3, Mixup = 0.2, Cutmix = 1, LabelSmoothing = 0.1, OnlineHard = 0.5, Batch = 4, Accumulate = 2,
            Clip = new ClipOptions { Norm = 1 }, RateDecay = 0.9, Unfreeze = 2, Snapshots = true, Schedule = new() { Cycles = 3 }, ClassWeights = ClassWeighting.Effective,
        },
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
