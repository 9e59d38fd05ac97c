using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Doubles the deepest map up to the input's size and joins each of the encoder's on the way.</summary>
internal sealed class UNetDecoder : PixelDecoder
{
    // A map at 1/s has 16 s channels, at most 256.
    private const int WidthAtFullSize = 16;

    // The field's name is the key of the weights file.
    private readonly ModuleList<UNetDecoderBlock> blocks;

    /// <summary>Builds a decoder; convolutions start at normal(0, sqrt(2 / (9 outputs))).</summary>
    /// <param name="encoder">Says how many channels at which scales there are.</param>
    /// <param name="upsampling">How the resolution is doubled.</param>
    public UNetDecoder(IFeaturePyramid encoder, Upsampling upsampling) : base(nameof(UNetDecoder))
    {
        List<UNetDecoderBlock> steps = [];
        var inputs = encoder.PyramidChannels[^1];
        for (var stride = encoder.PyramidStride << (encoder.PyramidChannels.Count - 1); stride > 1; stride /= 2)
        {
            var skip = encoder.PyramidChannels.Reverse().ElementAtOrDefault(steps.Count + 1);   // 0 above the encoder's first map
            var outputs = Math.Min(WidthAtFullSize * stride / 2, 256);
            steps.Add(new(inputs, skip, outputs, upsampling));
            inputs = outputs;
        }

        blocks = nn.ModuleList(steps.ToArray());
        RegisterComponents();
    }

    public override int Outputs => WidthAtFullSize;

    public override int OutputStride => 1;

    public override int HeadKernel => 3;

    public override double Dropout => 0;

    public override Tensor forward(IReadOnlyList<Tensor> maps)                       // [N, C, h, w] each, the largest first
    {
        var map = maps[^1];
        foreach (var (i, block) in blocks.Index())
        {
            var next = block.call(map, i + 2 <= maps.Count ? maps[^(i + 2)] : null);
            if (i > 0) map.Dispose();
            map = next;
        }

        return map;                                                                  // [N, 16, H, W]
    }
}
