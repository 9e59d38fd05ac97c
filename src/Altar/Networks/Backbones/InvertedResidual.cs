using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>1x1 up, 3x3 in each channel, 1x1 down without activation: the block of MobileNetV2 (arXiv:1801.04381).</summary>
internal sealed class InvertedResidual : nn.Module<Tensor, Tensor>
{
    // The field's name is the key of the weights file.
    private readonly TorchSharp.Modules.Sequential conv;
    private readonly nn.Module<Tensor, Tensor>[] _layers;
    private readonly bool _addsInput;

    public InvertedResidual(long inputs, long outputs, long stride, long expansion, PaddingStyle padding) : base(nameof(InvertedResidual))
    {
        var wide = inputs * expansion;
        _addsInput = stride == 1 && inputs == outputs;
        nn.Module<Tensor, Tensor>[] up = expansion == 1 ? [] : [new ConvolutionNorm(inputs, wide, 1, 1, 1, padding)];
        _layers =
        [
            .. up,
            new ConvolutionNorm(wide, wide, 3, stride, wide, padding),
            Layers.Convolution(wide, outputs, 1),
            new BatchNorm(outputs),
        ];
        conv = nn.Sequential(_layers);
        register_module(nameof(conv), conv);
    }

    public override Tensor forward(Tensor input)                            // [N, I, H, W]
    {
        var map = _layers.Through(input);                                    // [N, O, H/s, W/s]
        return _addsInput ? map.AddInPlace(input) : map;
    }
}
