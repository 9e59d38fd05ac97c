using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>A U-Net on ResNet-34 by Alexander Buslaev (github.com/ternaus/robot-surgery-segmentation): the stem pools by 2x2, and the centre is at 1/64.</summary>
public sealed class AlbuNet : SegmentationNetwork
{
    private const int Filters = 32;

    // Field names are the keys of the weights file.
    private readonly ResNetEncoder encoder;
    private readonly DecoderBlock center, dec5, dec4, dec3, dec2, dec1;
    private readonly ConvolutionReLU dec0;
    private readonly Conv2d final;

    /// <summary>Builds a network; the decoder starts at PyTorch's default.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="upsampling">How the decoder doubles the resolution.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    public AlbuNet(string name, Upsampling upsampling, int classes) : base(name)
    {
        encoder = new();
        center = new(512, Filters * 16, Filters * 8, upsampling);
        dec5 = new(512 + Filters * 8, Filters * 16, Filters * 8, upsampling);
        dec4 = new(256 + Filters * 8, Filters * 16, Filters * 8, upsampling);
        dec3 = new(128 + Filters * 8, Filters * 8, Filters * 2, upsampling);
        dec2 = new(64 + Filters * 2, Filters * 4, Filters * 4, upsampling);
        dec1 = new(Filters * 4, Filters * 4, Filters, upsampling);
        dec0 = new(Filters, Filters);
        final = nn.Conv2d(Filters, classes, 1);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; } =
        ["encoder.conv1.", "encoder.bn1.", "encoder.layer1.", "encoder.layer2.", "encoder.layer3.", "encoder.layer4."];

    /// <inheritdoc/>
    public override int Stride => 64;

    /// <inheritdoc/>
    public override string EncoderNetwork => "resnet34";

    /// <inheritdoc/>
    public override string? EncoderTensor(string classifierTensor)
    {
        ArgumentNullException.ThrowIfNull(classifierTensor);
        return classifierTensor.StartsWith("fc.", StringComparison.Ordinal) ? null : $"encoder.{classifierTensor}";
    }

    /// <inheritdoc/>
    protected override Tensor Segment(Tensor images)
    {
        var skips = encoder.call(images);                                            // 1/4 to 1/32
        var map = center.call(nn.functional.max_pool2d(skips[3], 2, 2));             // [N, 256, H/32, W/32]
        map = dec5.call(cat([map, skips[3]], 1));                                    // [N, 256, H/16, W/16]
        map = dec4.call(cat([map, skips[2]], 1));                                    // [N, 256, H/8, W/8]
        map = dec3.call(cat([map, skips[1]], 1));                                    // [N, 64, H/4, W/4]
        map = dec2.call(cat([map, skips[0]], 1));                                    // [N, 128, H/2, W/2]
        map = dec1.call(map);                                                        // [N, 32, H, W]
        return final.call(dec0.call(map));                                           // [N, K, H, W]
    }
}
