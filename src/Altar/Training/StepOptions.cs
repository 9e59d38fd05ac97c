using Altar.Tensors;
using Altar.Training.Tricks;

namespace Altar.Training;

/// <summary>What a step does besides forward, backward and move. The defaults do nothing.</summary>
public sealed record StepOptions
{
    /// <summary>Alpha of <see cref="Tricks.Mixup"/>, at least 0; 0 (default): off.</summary>
    public double Mixup { get; init; }

    /// <summary>Alpha of <see cref="Tricks.CutMix"/>, at least 0; 0 (default): off.</summary>
    public double Cutmix { get; init; }

    /// <summary>Share of the samples, the worst ones, whose mean loss is minimised, in (0, 1]; 0 (default): all.</summary>
    public double OnlineHard { get; init; }

    /// <summary>Share of the samples, mostly hard ones, that gradients are computed of, in (0, 1]; 0 (default): all.</summary>
    public double Selective { get; init; }

    /// <summary>Most samples that go through the network at once; 0 (default): all. The gradients of the parts are summed.</summary>
    public int MicroBatch { get; init; }

    /// <summary>Bounds of the gradients; null (default): none.</summary>
    public ClipOptions? Clip { get; init; }

    /// <summary>What the network's products are computed in. Default fp32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether the outcome of each sample is part of the result. Default false.</summary>
    public bool KeepsSamples { get; init; }

    /// <summary>What a stage asks for.</summary>
    /// <param name="stage">The stage.</param>
    public static StepOptions Of(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return new StepOptions
        {
            Mixup = stage.Mixup,
            Cutmix = stage.Cutmix,
            OnlineHard = stage.OnlineHard,
            Selective = stage.Selective,
            MicroBatch = stage.Accumulate > 1 ? stage.Batch : 0,
            Clip = stage.Clip,
            KeepsSamples = stage.Suspects || stage.Sampling.Kind == SamplingKind.Loss,
        };
    }
    /// <summary>The same with every batch in some times as many parts.</summary>
    /// <param name="stage">Whose options these are.</param>
    /// <param name="parts">At least 1; 1 changes nothing.</param>
    public StepOptions InParts(Stage stage, int parts)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var most = MicroBatch > 0 ? MicroBatch : stage.StepBatch;
        return parts == 1 ? this : this with { MicroBatch = (most + parts - 1) / parts };
    }
}
