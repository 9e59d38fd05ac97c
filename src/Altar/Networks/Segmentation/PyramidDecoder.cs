using Altar.Networks.Backbones;
using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Feature pyramid (arXiv:1612.03144) with the segmentation branch of arXiv:1901.02446: the last four maps are brought to one width, enlarged to the largest of them, and summed.</summary>
internal sealed class PyramidDecoder : PixelDecoder
{
    private const int MostLevels = 4, Width = 256, BranchWidth = 128;

    // Field names are the keys of the weights file; a trunk of three maps has no p2.
    private readonly Conv2d p5;
    private readonly PyramidLevel p4, p3;
    private readonly PyramidLevel? p2;
    private readonly ModuleList<PyramidBranch> seg_blocks;
    private readonly int _levels;

    /// <summary>Builds a decoder.</summary>
    /// <param name="encoder">Says how many channels at which scales there are; at least three scales.</param>
    public PyramidDecoder(IFeaturePyramid encoder) : base(nameof(PyramidDecoder))
    {
        var channels = encoder.PyramidChannels.Reverse().Take(MostLevels).ToList();   // deepest first
        _levels = channels.Count;
        p5 = Layers.Convolution(channels[0], Width, 1, bias: true);
        p4 = new(channels[1], Width);
        p3 = new(channels[2], Width);
        if (_levels == MostLevels) p2 = new(channels[3], Width);
        seg_blocks = nn.ModuleList(Enumerable.Range(1, _levels).Select(place => new PyramidBranch(Width, BranchWidth, _levels - place)).ToArray());
        OutputStride = encoder.PyramidStride << (encoder.PyramidChannels.Count - _levels);
        RegisterComponents();
    }

    public override int Outputs => BranchWidth;

    public override int OutputStride { get; }

    public override int HeadKernel => 1;

    public override double Dropout => 0.2;

    public override Tensor forward(IReadOnlyList<Tensor> maps)                       // [N, C, h, w] each, the largest first
    {
        using var scope = NewDisposeScope();
        var map = p5.call(maps[^1]);                                                 // [N, 256, h, w]
        var sum = seg_blocks[0].call(map);                                           // [N, 128, h', w'], the size of the largest
        foreach (var (i, level) in Levels.Index())
        {
            map = level.call(map, maps[^(i + 2)]);                                   // [N, 256, 2h, 2w], ...
            using var branch = seg_blocks[i + 1].call(map);                          // [N, 128, h', w']
            sum = sum.Plus(branch);
        }

        return sum.MoveToOuterDisposeScope();
    }

    private IEnumerable<PyramidLevel> Levels => p2 is null ? [p4, p3] : [p4, p3, p2];
}

/// <summary>Doubles the deeper map and adds the encoder's, brought to the same width.</summary>
internal sealed class PyramidLevel : nn.Module<Tensor, Tensor, Tensor>
{
    // The field's name is the key of the weights file.
    private readonly Conv2d skip_conv;

    public PyramidLevel(long skip, long width) : base(nameof(PyramidLevel))
    {
        skip_conv = Layers.Convolution(skip, width, 1, bias: true);
        RegisterComponents();
    }

    public override Tensor forward(Tensor map, Tensor skip)                          // [N, W, H, W], [N, S, 2H, 2W]
    {
        using var scope = NewDisposeScope();
        return skip_conv.call(skip).AddInPlace(Interpolation.By(map, DecoderKind.Nearest, 2)).MoveToOuterDisposeScope();
    }
}

/// <summary>3x3 convolutions with group norm and ReLU, each doubled; one, and not doubled, for the largest map.</summary>
internal sealed class PyramidBranch : nn.Module<Tensor, Tensor>
{
    private const int Groups = 32;

    // The field's name is the key of the weights file.
    private readonly Sequential block;
    private readonly List<PyramidConvolution> _steps;
    private readonly bool _enlarges;

    public PyramidBranch(long inputs, long outputs, int doublings) : base(nameof(PyramidBranch))
    {
        _enlarges = doublings > 0;
        _steps = [.. Enumerable.Range(0, Math.Max(doublings, 1)).Select(i => new PyramidConvolution(i == 0 ? inputs : outputs, outputs, Groups))];
        block = nn.Sequential(_steps);
        register_module(nameof(block), block);
    }

    public override Tensor forward(Tensor input)                                     // [N, I, H, W]
    {
        using var scope = NewDisposeScope();
        var map = input;
        foreach (var step in _steps)
        {
            map = step.call(map);
            if (_enlarges) map = Interpolation.By(map, DecoderKind.Bilinear, 2, alignsCorners: true);
        }

        return map.MoveToOuterDisposeScope();                                        // [N, O, H 2^d, W 2^d]
    }
}

/// <summary>3x3 convolution, group norm (arXiv:1803.08494), ReLU.</summary>
internal sealed class PyramidConvolution : nn.Module<Tensor, Tensor>
{
    // The field's name is the key of the weights file.
    private readonly Sequential block;

    public PyramidConvolution(long inputs, long outputs, int groups) : base(nameof(PyramidConvolution))
    {
        var norm = nn.GroupNorm(groups, outputs);
        nn.init.ones_(norm.weight!);   // TorchSharp 0.107 leaves both as the memory was
        nn.init.zeros_(norm.bias!);
        block = nn.Sequential(Layers.Convolution(inputs, outputs, 3), norm, nn.ReLU(inplace: true));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => block.call(input);               // [N, I, H, W] to [N, O, H, W]
}
