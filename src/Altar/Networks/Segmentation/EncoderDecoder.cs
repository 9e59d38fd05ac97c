using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Any trunk of the catalogue as encoder, a U-Net or feature pyramid decoder, and a convolution that scores; names and outputs of github.com/qubvel-org/segmentation_models.pytorch.</summary>
public sealed class EncoderDecoder : SegmentationNetwork
{
    private const string EncoderPrefix = "encoder.";

    // Field names are the keys of the weights file.
    private readonly Classifier encoder;
    private readonly PixelDecoder decoder;
    private readonly Sequential segmentation_head;
    private readonly HashSet<string> _encoderTensors;

    /// <summary>Joins the parts.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="trunk">A classifier without its head; owned from here on.</param>
    /// <param name="decoder">Made for the trunk's maps.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="channels">Channels C of the input, as the trunk was built for.</param>
    internal EncoderDecoder(string name, Classifier trunk, PixelDecoder decoder, int classes, int channels) : base(name, channels, classes)
    {
        encoder = trunk;
        this.decoder = decoder;
        segmentation_head = nn.Sequential(nn.Conv2d(decoder.Outputs, classes, decoder.HeadKernel, padding: decoder.HeadKernel / 2));
        _encoderTensors = [.. trunk.state_dict().Keys];
        HeadDropout = decoder.Dropout;
        RegisterComponents();
        Blocks = [.. trunk.Blocks.Select(block => EncoderPrefix + block)];
        EncoderNetwork = trunk.GetName();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; }

    /// <inheritdoc/>
    public override int Stride => Trunk.PyramidStride << (Trunk.PyramidChannels.Count - 1);

    /// <inheritdoc/>
    public override string HeadPrefix => "segmentation_head.";

    /// <inheritdoc/>
    public override string EncoderNetwork { get; }

    /// <inheritdoc/>
    public override string? EncoderTensor(string classifierTensor)
    {
        ArgumentNullException.ThrowIfNull(classifierTensor);
        return _encoderTensors.Contains(classifierTensor) ? EncoderPrefix + classifierTensor : null;
    }

    /// <inheritdoc/>
    protected override int DeepestChannels => Trunk.PyramidChannels[^1];

    /// <inheritdoc/>
    protected override (Tensor Pixels, Tensor Deepest) Segment(Tensor images)
    {
        var maps = Trunk.Pyramid(images);                                          // [N, C, h, w] each, the largest first
        var map = decoder.call(maps);                                                 // [N, D, H/s, W/s]
        var pixels = Drop(map).Into(segmentation_head);                               // [N, K, H/s, W/s]
        return (decoder.OutputStride == 1 ? pixels : Interpolation.By(pixels, DecoderKind.Bilinear, decoder.OutputStride, alignsCorners: true), maps[^1]);
    }

    // No field: every module in a field is registered.
    private IFeaturePyramid Trunk => (IFeaturePyramid)encoder;
}
