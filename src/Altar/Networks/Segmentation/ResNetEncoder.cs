using Altar.Networks.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>ResNet-34 without its head, pooled by 2x2 behind the stem as AlbuNet has it.</summary>
internal sealed class ResNetEncoder : nn.Module<Tensor, IReadOnlyList<Tensor>>
{
    /// <summary>Depths of ResNet-34.</summary>
    public static readonly ResNetPlan Plan = new([3, 4, 6, 3], IsBottleneck: false);

    // Field names are the keys of the weights file.
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Sequential layer1, layer2, layer3, layer4;

    public ResNetEncoder(int channels) : base(nameof(ResNetEncoder))
    {
        conv1 = Layers.Convolution(channels, 64, 7, stride: 2);
        bn1 = new BatchNorm(64);
        layer1 = ResNet.Stage(Plan, 0);
        layer2 = ResNet.Stage(Plan, 1);
        layer3 = ResNet.Stage(Plan, 2);
        layer4 = ResNet.Stage(Plan, 3);
        RegisterComponents();
    }

    // The four stages' maps: [N, 64, H/4, W/4], [N, 128, H/8, W/8], [N, 256, H/16, W/16], [N, 512, H/32, W/32].
    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        var stem = bn1.call(conv1.call(input)).relu_();                              // [N, 64, H/2, W/2]
        var first = layer1.call(nn.functional.max_pool2d(stem, 2, 2));               // [N, 64, H/4, W/4]
        var second = layer2.call(first);
        var third = layer3.call(second);
        return [first, second, third, layer4.call(third)];
    }
}
