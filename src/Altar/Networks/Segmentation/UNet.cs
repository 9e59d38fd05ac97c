using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>The textbook U-Net (arXiv:1505.04597) in several hands; parameters are named as in github.com/milesial/Pytorch-UNet.</summary>
public sealed class UNet : SegmentationNetwork
{
    private const int Levels = 5;

    // Field names are the keys of the weights file.
    private readonly DoubleConvolution inc;
    private readonly UNetDown down1, down2, down3, down4;
    private readonly UNetUp up1, up2, up3, up4;
    private readonly OutputConvolution outc;
    private readonly int _lastPool;

    /// <summary>Builds a network; convolutions start at normal(0, sqrt(2 / (9 inputs))), as the paper has it.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="plan">Whose U-Net.</param>
    /// <param name="upsampling">How the decoder enlarges. A transposed convolution needs a plan whose last pooling is 2.</param>
    /// <param name="filters">Channels of the first level; each of the four below has twice as many.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    public UNet(string name, UNetPlan plan, Upsampling upsampling, int filters, int classes, int channels = 3) : base(name, channels, classes)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _lastPool = plan.LastPool;
        var narrows = plan.NarrowsAhead && !upsampling.IsTransposed;
        long[] widths = [.. Enumerable.Range(0, Levels).Select(level => (long)filters << level)];
        if (narrows) widths[^1] /= 2;
        DeepestChannels = (int)widths[^1];

        inc = new(plan, channels, widths[0], widths[0]);
        down1 = new(plan, widths[0], widths[1], 2);
        down2 = new(plan, widths[1], widths[2], 2);
        down3 = new(plan, widths[2], widths[3], 2);
        down4 = new(plan, widths[3], widths[4], plan.LastPool);
        up1 = Up(3, plan.LastPool);
        up2 = Up(2, 2);
        up3 = Up(1, 2);
        up4 = Up(0, 2);
        outc = new(widths[0], classes);
        RegisterComponents();

        UNetUp Up(int level, int factor)
        {
            var below = narrows ? widths[level] : widths[level + 1];
            var outputs = narrows ? widths[Math.Max(level - 1, 0)] : widths[level];
            return new(plan, upsampling, new(below, widths[level], widths[level], outputs), factor);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; } = ["inc.", "down1.", "down2.", "down3.", "down4."];

    /// <inheritdoc/>
    public override int Stride => 8 * _lastPool;

    /// <inheritdoc/>
    public override string HeadPrefix => "outc.";

    /// <inheritdoc/>
    public override string? EncoderNetwork => null;

    /// <inheritdoc/>
    public override string? EncoderTensor(string classifierTensor) => null;

    /// <inheritdoc/>
    protected override int DeepestChannels { get; }

    /// <inheritdoc/>
    protected override (Tensor Pixels, Tensor Deepest) Segment(Tensor images)
    {
        var first = inc.call(images);                    // [N, f, H, W]
        var second = down1.call(first);                  // [N, 2f, H/2, W/2]
        var third = down2.call(second);                  // [N, 4f, H/4, W/4]
        var fourth = down3.call(third);                  // [N, 8f, H/8, W/8]
        var deepest = down4.call(fourth);                // [N, 16f, H/16, W/16]
        var map = up1.call(deepest, fourth);             // [N, 8f, H/8, W/8]
        map = Up(up2, map, third);                       // [N, 4f, H/4, W/4]
        map = Up(up3, map, second);                      // [N, 2f, H/2, W/2]
        map = Up(up4, map, first);                       // [N, f, H, W]
        return (outc.call(Drop(map)), deepest);          // [N, K, H, W]
    }

    private static Tensor Up(UNetUp step, Tensor map, Tensor skip)
    {
        using (map) return step.call(map, skip);
    }

    private sealed class OutputConvolution : nn.Module<Tensor, Tensor>
    {
        // The field's name is the key of the weights file.
        private readonly Conv2d conv;

        public OutputConvolution(long inputs, long outputs) : base(nameof(OutputConvolution))
        {
            conv = nn.Conv2d(inputs, outputs, 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => conv.call(input);
    }
}
