using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>A step up: enlarges, joins the encoder's map of that size, then two convolutions.</summary>
internal sealed class UNetUp : nn.Module<Tensor, Tensor, Tensor>
{
    // Field names are the keys of the weights file.
    private readonly ConvTranspose2d? up;
    private readonly DoubleConvolution conv;
    private readonly UNetPlan _plan;
    private readonly DecoderKind _kind;
    private readonly int _factor;

    public UNetUp(UNetPlan plan, Upsampling upsampling, UNetStep step, int factor) : base(nameof(UNetUp))
    {
        (_plan, _kind, _factor) = (plan, upsampling.Decoder, factor);
        if (upsampling.IsTransposed) up = DecoderBlock.Transposed(step.Inputs, step.Skip, upsampling.Kernel);
        var enlarged = upsampling.IsTransposed ? step.Skip : step.Inputs;
        conv = new(plan, enlarged + step.Skip, step.Middle, step.Outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor map, Tensor skip)                          // [N, I, H/f, W/f], [N, S, H, W]
    {
        using var scope = NewDisposeScope();
        var large = up?.call(map) ?? Interpolation.By(map, _kind, _factor, _plan.AlignsCorners);
        using var joined = cat(_plan.JoinsSkipFirst ? [skip, large] : [large, skip], 1);
        large.Dispose();
        return conv.call(joined).MoveToOuterDisposeScope();                          // [N, O, H, W]
    }
}

/// <summary>The widths of a step up.</summary>
/// <param name="Inputs">Channels from below.</param>
/// <param name="Skip">Channels of the encoder's map.</param>
/// <param name="Middle">Channels between the two convolutions.</param>
/// <param name="Outputs">Channels that leave.</param>
internal readonly record struct UNetStep(long Inputs, long Skip, long Middle, long Outputs);
