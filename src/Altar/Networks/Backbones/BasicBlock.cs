using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>Two 3x3 convolutions and a shortcut: the block of ResNet-18 and -34 (arXiv:1512.03385).</summary>
internal sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    // Field names are the keys of the weights file.
    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm bn1, bn2;
    private readonly Sequential? downsample;

    public BasicBlock(long inputs, long outputs, long stride) : base(nameof(BasicBlock))
    {
        conv1 = Layers.Convolution(inputs, outputs, 3, stride);
        bn1 = new BatchNorm(outputs);
        conv2 = Layers.Convolution(outputs, outputs, 3);
        bn2 = new BatchNorm(outputs);
        if (stride != 1 || inputs != outputs) downsample = Bottleneck.Shortcut(inputs, outputs, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)                            // [N, I, H, W]
    {
        using var scope = NewDisposeScope();
        var map = bn1.call(conv1.call(input)).relu_();                       // [N, O, H/s, W/s]
        map = bn2.call(conv2.call(map));                                     // [N, O, H/s, W/s]
        var shortcut = downsample?.call(input) ?? input;                     // [N, O, H/s, W/s]
        return map.AddInPlace(shortcut).relu_().MoveToOuterDisposeScope();
    }
}
