using Altar.Networks.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>A U-Net on VGG-11 or VGG-16 (arXiv:1801.05746; github.com/ternaus/TernausNet): every skip is taken before the pooling.</summary>
public sealed class TernausNet : SegmentationNetwork
{
    private const int Filters = 32;

    // Field names are the keys of the weights file.
    private readonly Sequential encoder;
    private readonly DecoderBlock center, dec5, dec4, dec3, dec2;
    private readonly ConvolutionReLU dec1;
    private readonly Conv2d final;
    private readonly nn.Module<Tensor, Tensor>[] _encoder;
    private readonly bool _isDeep;

    /// <summary>Builds a network; the decoder starts at PyTorch's default.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="isDeep">VGG-16 instead of VGG-11.</param>
    /// <param name="upsampling">How the decoder doubles the resolution.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    public TernausNet(string name, bool isDeep, Upsampling upsampling, int classes) : base(name)
    {
        _isDeep = isDeep;
        _encoder = [.. Vgg.Trunk(isDeep ? [2, 2, 3, 3, 3] : [1, 1, 2, 2, 2], normalised: false)];
        encoder = nn.Sequential(_encoder);
        var dec4Outputs = isDeep ? Filters * 8 : Filters * 4;
        center = new(512, Filters * 16, Filters * 8, upsampling);
        dec5 = new(512 + Filters * 8, Filters * 16, Filters * 8, upsampling);
        dec4 = new(512 + Filters * 8, Filters * 16, dec4Outputs, upsampling);
        dec3 = new(256 + dec4Outputs, Filters * 8, Filters * 2, upsampling);
        dec2 = new(128 + Filters * 2, Filters * 4, Filters, upsampling);
        dec1 = new(64 + Filters, Filters);
        final = nn.Conv2d(Filters, classes, 1);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks => [.. _encoder.Index().Where(layer => layer.Item is Conv2d).Select(layer => $"encoder.{layer.Index}.")];

    /// <inheritdoc/>
    public override int Stride => 32;

    /// <inheritdoc/>
    public override string EncoderNetwork => _isDeep ? "vgg16" : "vgg11";

    /// <inheritdoc/>
    public override string? EncoderTensor(string classifierTensor)
    {
        ArgumentNullException.ThrowIfNull(classifierTensor);
        return classifierTensor.StartsWith("features.", StringComparison.Ordinal) ? $"encoder.{classifierTensor["features.".Length..]}" : null;
    }

    /// <inheritdoc/>
    protected override Tensor Segment(Tensor images)
    {
        List<Tensor> skips = [];
        foreach (var stage in Vgg.SplitAtPools(_encoder)) skips.Add(stage.Through(skips.Count == 0 ? images : Pool(skips[^1])));

        var map = center.call(Pool(skips[4]));                   // [N, 256, H/16, W/16]
        map = dec5.call(cat([map, skips[4]], 1));                // [N, 256, H/8, W/8]
        map = dec4.call(cat([map, skips[3]], 1));                // [N, 128 or 256, H/4, W/4]
        map = dec3.call(cat([map, skips[2]], 1));                // [N, 64, H/2, W/2]
        map = dec2.call(cat([map, skips[1]], 1));                // [N, 32, H, W]
        map = dec1.call(cat([map, skips[0]], 1));                // [N, 32, H, W]
        return final.call(map);                                  // [N, K, H, W]
    }

    private static Tensor Pool(Tensor map) => nn.functional.max_pool2d(map, 2, 2);
}
