using Altar.Networks.Backbones;
using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>LinkNet on ResNet-34 (arXiv:1707.03718; github.com/ternaus/robot-surgery-segmentation): skips are added, not concatenated.</summary>
public sealed class LinkNet : SegmentationNetwork
{
    // Field names are the keys of the weights file.
    private readonly Conv2d firstconv;
    private readonly BatchNorm firstbn;
    private readonly Sequential encoder1, encoder2, encoder3, encoder4;
    private readonly LinkNetDecoder decoder4, decoder3, decoder2, decoder1;
    private readonly ConvTranspose2d finaldeconv1;
    private readonly Conv2d finalconv2, finalconv3;

    /// <summary>Builds a network; the decoder starts at PyTorch's default.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="kernel">Kernel of the transposed convolutions: 3 or 4.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    public LinkNet(string name, int kernel, int classes, int channels = 3) : base(name, channels, classes)
    {
        firstconv = Layers.Convolution(channels, 64, 7, stride: 2);
        firstbn = new BatchNorm(64);
        encoder1 = ResNet.Stage(ResNetEncoder.Plan, 0);
        encoder2 = ResNet.Stage(ResNetEncoder.Plan, 1);
        encoder3 = ResNet.Stage(ResNetEncoder.Plan, 2);
        encoder4 = ResNet.Stage(ResNetEncoder.Plan, 3);
        decoder4 = new(512, 256, kernel);
        decoder3 = new(256, 128, kernel);
        decoder2 = new(128, 64, kernel);
        decoder1 = new(64, 64, kernel);
        finaldeconv1 = nn.ConvTranspose2d(64, 32, 3, stride: 2);
        finalconv2 = nn.Conv2d(32, 32, 3);
        finalconv3 = nn.Conv2d(32, classes, 2, padding: 1);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; } = ["firstconv.", "firstbn.", "encoder1.", "encoder2.", "encoder3.", "encoder4."];

    /// <inheritdoc/>
    public override int Stride => 32;

    /// <inheritdoc/>
    public override string HeadPrefix => "finalconv3.";

    /// <inheritdoc/>
    protected override int DeepestChannels => 512;

    /// <inheritdoc/>
    public override string EncoderNetwork => "resnet34";

    /// <inheritdoc/>
    public override string? EncoderTensor(string classifierTensor)
    {
        ArgumentNullException.ThrowIfNull(classifierTensor);
        if (classifierTensor.StartsWith("fc.", StringComparison.Ordinal)) return null;
        return classifierTensor.StartsWith("layer", StringComparison.Ordinal) ? $"encoder{classifierTensor["layer".Length..]}" : $"first{classifierTensor.Replace("1.", ".", StringComparison.Ordinal)}";
    }

    /// <inheritdoc/>
    protected override (Tensor Pixels, Tensor Deepest) Segment(Tensor images)
    {
        var stem = firstbn.call(firstconv.call(images)).relu_();             // [N, 64, H/2, W/2]
        var first = encoder1.call(nn.functional.max_pool2d(stem, 3, 2, 1));  // [N, 64, H/4, W/4]
        var second = encoder2.call(first);                                   // [N, 128, H/8, W/8]
        var third = encoder3.call(second);                                   // [N, 256, H/16, W/16]
        var deepest = encoder4.call(third);                                  // [N, 512, H/32, W/32]
        var map = decoder4.call(deepest).Plus(third);                        // [N, 256, H/16, W/16]
        map = map.Into(decoder3).Plus(second);                               // [N, 128, H/8, W/8]
        map = map.Into(decoder2).Plus(first);                                // [N, 64, H/4, W/4]
        map = map.Into(decoder1);                                            // [N, 64, H/2, W/2]
        map = map.Into(finaldeconv1).relu_();                                // [N, 32, H+1, W+1]
        map = map.Into(finalconv2).relu_();                                  // [N, 32, H-1, W-1]
        return (finalconv3.call(Drop(map)), deepest);                        // [N, K, H, W]
    }
}
