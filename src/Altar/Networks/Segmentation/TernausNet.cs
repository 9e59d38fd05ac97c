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
    private readonly Dictionary<string, string> _twins;

    /// <summary>Builds a network; the decoder starts at PyTorch's default.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="isDeep">VGG-16 instead of VGG-11.</param>
    /// <param name="upsampling">How the decoder doubles the resolution.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    public TernausNet(string name, bool isDeep, Upsampling upsampling, int classes, int channels = 3) : base(name, channels, classes)
    {
        _isDeep = isDeep;
        _encoder = [.. Vgg.Trunk(isDeep ? [2, 2, 3, 3, 3] : [1, 1, 2, 2, 2], normalised: false, channels)];
        encoder = nn.Sequential(_encoder);
        _twins = Twins(_encoder).ToDictionary();
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
    public override string HeadPrefix => "final.";

    /// <inheritdoc/>
    protected override int DeepestChannels => 512;

    /// <inheritdoc/>
    public override string EncoderNetwork => _isDeep ? "vgg16" : "vgg11";

    /// <inheritdoc/>
    public override string? EncoderTensor(string classifierTensor)
    {
        ArgumentNullException.ThrowIfNull(classifierTensor);
        return classifierTensor.StartsWith("features.", StringComparison.Ordinal) ? $"encoder.{classifierTensor["features.".Length..]}" : null;
    }

    /// <inheritdoc/>
    /// <remarks>Either as github.com/ternaus/TernausNet has it ("conv3s.weight", "conv3.weight") or as robot-surgery-segmentation ("conv3.0.weight", "conv3.2.weight").</remarks>
    public override string? Twin(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var end = name.LastIndexOf('.') + 1;
        return _twins.TryGetValue(name[..end], out var prefix) ? prefix + name[end..] : null;
    }

    /// <inheritdoc/>
    protected override (Tensor Pixels, Tensor Deepest) Segment(Tensor images)
    {
        List<Tensor> skips = [];
        foreach (var stage in Vgg.SplitAtPools(_encoder)) skips.Add(stage.Through(skips.Count == 0 ? images : Pool(skips[^1])));

        var deepest = Pool(skips[4]);                            // [N, 512, H/32, W/32]
        var map = center.call(deepest)                           // [N, 256, H/16, W/16]
            .JoinedInto(skips[4], dec5)                          // [N, 256, H/8, W/8]
            .JoinedInto(skips[3], dec4)                          // [N, 128 or 256, H/4, W/4]
            .JoinedInto(skips[2], dec3)                          // [N, 64, H/2, W/2]
            .JoinedInto(skips[1], dec2)                          // [N, 32, H, W]
            .JoinedInto(skips[0], dec1);                         // [N, 32, H, W]
        return (final.call(Drop(map)), deepest);                 // [N, K, H, W]
    }

    private static Tensor Pool(Tensor map) => nn.functional.max_pool2d(map, 2, 2);

    // The i-th convolution of a stage lies at 2 i in robot-surgery's Sequential, with a ReLU behind each.
    private static IEnumerable<KeyValuePair<string, string>> Twins(IReadOnlyList<nn.Module<Tensor, Tensor>> layers)
    {
        foreach (var (stage, members) in Vgg.SplitAtPools(layers).Index())
        {
            List<string> own = [.. layers.Index().Where(layer => layer.Item is Conv2d && members.Contains(layer.Item)).Select(layer => $"encoder.{layer.Index}.")];
            foreach (var (i, prefix) in own.Index()) yield return new($"conv{stage + 1}.{2 * i}.", prefix);
            yield return new($"conv{stage + 1}.", own[^1]);
            if (own.Count > 1) yield return new($"conv{stage + 1}s.", own[0]);
        }
    }
}
