using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>Two 3x3 convolutions; the shortcut takes every second pixel and fills new channels with zeros (option A of arXiv:1512.03385, section 4.2).</summary>
internal sealed class CifarBlock : nn.Module<Tensor, Tensor>
{
    // Field names are the keys of the weights file.
    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm bn1, bn2;
    private readonly long _stride, _newChannels;

    public CifarBlock(long inputs, long outputs, long stride) : base(nameof(CifarBlock))
    {
        (_stride, _newChannels) = (stride, outputs - inputs);
        conv1 = CifarResNet.Convolution(inputs, outputs, stride);
        bn1 = new BatchNorm(outputs);
        conv2 = CifarResNet.Convolution(outputs, outputs, 1);
        bn2 = new BatchNorm(outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)                            // [N, I, H, W]
    {
        using var scope = NewDisposeScope();
        var map = bn1.call(conv1.call(input)).relu_();                       // [N, O, H/s, W/s]
        map = bn2.call(conv2.call(map));                                     // [N, O, H/s, W/s]
        return map.AddInPlace(Shortcut(input)).relu_().MoveToOuterDisposeScope();
    }

    private Tensor Shortcut(Tensor input)
    {
        if (_stride == 1 && _newChannels == 0) return input;
        var every = TensorIndex.Slice(step: _stride);
        var small = input[TensorIndex.Ellipsis, every, every];                                            // [N, I, H/s, W/s]
        return nn.functional.pad(small, [0, 0, 0, 0, _newChannels / 2, _newChannels - _newChannels / 2]);  // [N, O, H/s, W/s]
    }
}
