using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>Convolution ("0"), batch norm ("1") and ReLU6: torchvision's Conv2dNormActivation.</summary>
internal sealed class ConvolutionNorm : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d _convolution;
    private readonly BatchNorm _norm;
    private readonly long _kernel, _stride;
    private readonly bool _padsAfter;

    public ConvolutionNorm(long inputs, long outputs, long kernel, long stride, long groups, PaddingStyle padding) : base(nameof(ConvolutionNorm))
    {
        (_kernel, _stride) = (kernel, stride);
        _padsAfter = padding == PaddingStyle.TensorFlow && stride > 1;
        _convolution = Layers.Convolution(inputs, outputs, kernel, stride, groups, _padsAfter ? 0 : null);
        _norm = new BatchNorm(outputs);
        register_module("0", _convolution);
        register_module("1", _norm);
    }

    public override Tensor forward(Tensor input)                            // [N, I, H, W]
    {
        using var scope = NewDisposeScope();
        var padded = _padsAfter ? PadAsTensorFlow(input) : input;
        var map = _norm.call(_convolution.call(padded));                     // [N, O, H/s, W/s]
        return nn.functional.relu6(map, inplace: true).MoveToOuterDisposeScope();
    }

    private Tensor PadAsTensorFlow(Tensor input)
    {
        var (top, bottom) = SamePadding(input.shape[2], _kernel, _stride);
        var (left, right) = SamePadding(input.shape[3], _kernel, _stride);
        return nn.functional.pad(input, [left, right, top, bottom]);
    }

    /// <summary>TensorFlow's SAME: the output has ceil(size / stride) elements, and an odd zero goes behind.</summary>
    internal static (long Before, long After) SamePadding(long size, long kernel, long stride)
    {
        var outputs = (size + stride - 1) / stride;
        var total = Math.Max((outputs - 1) * stride + kernel - size, 0);
        return (total / 2, total - total / 2);
    }
}
