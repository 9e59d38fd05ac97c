namespace Altar.Networks.Segmentation;

/// <summary>The rows of the catalogue of segmentation networks. Counts are checked against the built networks by tests.</summary>
internal static class SegmentationTable
{
    private const string Blocks = "center.block.1.weight", Milesial = "github.com/milesial/Pytorch-UNet", Paper = "arXiv:1505.04597";

    private static readonly DecoderKind[] BilinearFirst = [DecoderKind.Bilinear, DecoderKind.Deconv], DeconvFirst = [DecoderKind.Deconv, DecoderKind.Bilinear];
    private static readonly DecoderKind[] UNetDecoders = [DecoderKind.Deconv, DecoderKind.Bilinear, DecoderKind.Nearest];

    /// <summary>The U-Nets, then the authors' networks, then every encoder with either decoder.</summary>
    public static IReadOnlyList<SegmentationEntry> All { get; } =
    [
        UNet("unet", UNetPlan.Milesial, 64, UNetDecoders, [2, 3, 4], Milesial) with { Parameters = 31_037_633, MultiplyAdds = 48_167_387_136 },
        UNet("unet_paper", UNetPlan.Paper, 64, UNetDecoders, [2, 3, 4], Paper) with { Parameters = 31_031_745, MultiplyAdds = 48_167_387_136 },
        UNet("unet_nizhib", UNetPlan.Nizhib, 16, UNetDecoders, [3, 2, 4], "github.com/nizhib/topcoder-pathology") with { Parameters = 2_161_649, MultiplyAdds = 3_200_253_952 },
        UNet("unet_lopuhin", UNetPlan.Lopuhin, 32, [DecoderKind.Nearest, DecoderKind.Bilinear], [], "github.com/lopuhin/kaggle-lions-2017") with { Parameters = 7_852_545, MultiplyAdds = 13_270_777_856 },
        new("ternausnet11", DeconvFirst, [3, 4], "vgg11", "arXiv:1801.05746")
        {
            Parameters = 22_927_393, MultiplyAdds = 25_708_986_368, TransposedTensor = Blocks,
            Build = shape => new TernausNet("ternausnet11", isDeep: false, shape.Upsampling, shape.Classes, shape.Channels),
        },
        new("ternausnet16", BilinearFirst, [4, 3], "vgg16", "arXiv:1801.05746")
        {
            Parameters = 29_306_465, MultiplyAdds = 85_578_481_664, TransposedTensor = Blocks,
            Build = shape => new TernausNet("ternausnet16", isDeep: true, shape.Upsampling, shape.Classes, shape.Channels),
        },
        new("albunet34", BilinearFirst, [4, 3], "resnet34", "github.com/ternaus/robot-surgery-segmentation")
        {
            Parameters = 34_604_897, MultiplyAdds = 31_588_352_000, TransposedTensor = Blocks,
            Build = shape => new AlbuNet("albunet34", shape.Upsampling, shape.Classes, shape.Channels),
        },
        new("linknet34", [DecoderKind.Deconv], [4, 3], "resnet34", "arXiv:1707.03718")
        {
            Parameters = 21_794_721, MultiplyAdds = 5_820_130_304, TransposedTensor = "decoder4.deconv2.weight",
            Build = shape => new LinkNet("linknet34", shape.Upsampling.Kernel, shape.Classes, shape.Channels),
        },
        .. NetworkTable.All.Select(encoder => Joined("unet", encoder)),
        .. NetworkTable.All.Select(encoder => Joined("fpn", encoder)),
    ];

    private static SegmentationEntry UNet(string name, UNetPlan plan, int filters, DecoderKind[] decoders, int[] kernels, string source) => new(name, decoders, kernels, null, source)
    {
        Filters = filters,
        TransposedTensor = "up1.up.weight",
        Build = shape => new UNet(name, plan, shape.Upsampling, shape.Filters, shape.Classes, shape.Channels),
    };

    private static SegmentationEntry Joined(string decoder, NetworkEntry encoder)
    {
        var name = $"{decoder}+{encoder.Name}";
        var isUNet = decoder == "unet";
        return new(name, isUNet ? [DecoderKind.Nearest, DecoderKind.Bilinear, DecoderKind.Deconv] : [], isUNet ? [2, 3, 4] : [], encoder.Name, isUNet ? Paper : "arXiv:1901.02446")
        {
            TransposedTensor = isUNet ? "decoder.blocks.0.up.weight" : null,
            Build = shape =>
            {
                var trunk = encoder.Build(0, shape.Channels, shape.Padding);
                var pyramid = (IFeaturePyramid)trunk;
                return new EncoderDecoder(name, trunk, isUNet ? new UNetDecoder(pyramid, shape.Upsampling) : new PyramidDecoder(pyramid), shape.Classes, shape.Channels);
            },
        };
    }
}
