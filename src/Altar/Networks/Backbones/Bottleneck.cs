using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>1x1 down, 3x3 in groups, 1x1 up, and a shortcut: the block of ResNet-50 and deeper and of ResNeXt (arXiv:1611.05431, form C).</summary>
internal sealed class Bottleneck : nn.Module<Tensor, Tensor>
{
    /// <summary>Channels of the output for each plane.</summary>
    public const int Expansion = 4;

    // Field names are the keys of the weights file.
    private readonly Conv2d conv1, conv2, conv3;
    private readonly BatchNorm bn1, bn2, bn3;
    private readonly Sequential? downsample;

    public Bottleneck(long inputs, long width, long outputs, long stride, long groups) : base(nameof(Bottleneck))
    {
        conv1 = Layers.Convolution(inputs, width, 1);
        bn1 = new BatchNorm(width);
        conv2 = Layers.Convolution(width, width, 3, stride, groups);         // torchvision strides here, the paper in conv1
        bn2 = new BatchNorm(width);
        conv3 = Layers.Convolution(width, outputs, 1);
        bn3 = new BatchNorm(outputs);
        if (stride != 1 || inputs != outputs) downsample = Shortcut(inputs, outputs, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)                            // [N, I, H, W]
    {
        using var scope = NewDisposeScope();
        var map = bn1.call(conv1.call(input)).relu_();                       // [N, w, H, W]
        map = bn2.call(conv2.call(map)).relu_();                             // [N, w, H/s, W/s]
        map = bn3.call(conv3.call(map));                                     // [N, O, H/s, W/s]
        var shortcut = downsample?.call(input) ?? input;                     // [N, O, H/s, W/s]
        return map.AddInPlace(shortcut).relu_().MoveToOuterDisposeScope();
    }

    /// <summary>1x1 convolution and norm: brings the input to the shape of the block's output.</summary>
    public static Sequential Shortcut(long inputs, long outputs, long stride) =>
        nn.Sequential(Layers.Convolution(inputs, outputs, 1, stride), new BatchNorm(outputs));
}
