using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>A U-Net on ResNet-34 by Alexander Buslaev (github.com/ternaus/robot-surgery-segmentation): the stem pools by 2x2, and the centre is at 1/64.</summary>
public sealed class AlbuNet : SegmentationNetwork
{
    private const int Filters = 32;

    private static readonly (string Second, string First)[] Twins =
    [
        ("conv1.0.", "encoder.conv1."), ("conv1.1.", "encoder.bn1."),
        ("conv2.", "encoder.layer1."), ("conv3.", "encoder.layer2."), ("conv4.", "encoder.layer3."), ("conv5.", "encoder.layer4."),
    ];

    // Field names are the keys of the weights file.
    private readonly ResNetEncoder encoder;
    private readonly DecoderBlock center, dec5, dec4, dec3, dec2, dec1;
    private readonly ConvolutionReLU dec0;
    private readonly Conv2d final;

    /// <summary>Builds a network; the decoder starts at PyTorch's default.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="upsampling">How the decoder doubles the resolution.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    public AlbuNet(string name, Upsampling upsampling, int classes, int channels = 3) : base(name, channels, classes)
    {
        encoder = new(channels);
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
    public override string HeadPrefix => "final.";

    /// <inheritdoc/>
    protected override int DeepestChannels => 512;

    /// <inheritdoc/>
    public override string EncoderNetwork => "resnet34";

    /// <inheritdoc/>
    public override string? EncoderTensor(string classifierTensor)
    {
        ArgumentNullException.ThrowIfNull(classifierTensor);
        return classifierTensor.StartsWith("fc.", StringComparison.Ordinal) ? null : $"encoder.{classifierTensor}";
    }

    /// <inheritdoc/>
    public override string? Twin(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Twins.Where(twin => name.StartsWith(twin.Second, StringComparison.Ordinal)).Select(twin => twin.First + name[twin.Second.Length..]).FirstOrDefault();
    }

    /// <inheritdoc/>
    protected override (Tensor Pixels, Tensor Deepest) Segment(Tensor images)
    {
        var skips = encoder.call(images);                                            // 1/4 to 1/32
        var deepest = nn.functional.max_pool2d(skips[3], 2, 2);                      // [N, 512, H/64, W/64]
        var map = center.call(deepest)                                               // [N, 256, H/32, W/32]
            .JoinedInto(skips[3], dec5)                                              // [N, 256, H/16, W/16]
            .JoinedInto(skips[2], dec4)                                              // [N, 256, H/8, W/8]
            .JoinedInto(skips[1], dec3)                                              // [N, 64, H/4, W/4]
            .JoinedInto(skips[0], dec2)                                              // [N, 128, H/2, W/2]
            .Into(dec1)                                                              // [N, 32, H, W]
            .Into(dec0);                                                             // [N, 32, H, W]
        return (final.call(Drop(map)), deepest);                                     // [N, K, H, W]
    }
}
