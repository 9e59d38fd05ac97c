using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>MobileNetV2 1.0 as torchvision builds it (arXiv:1801.04381).</summary>
public sealed class MobileNetV2 : Classifier, IFeaturePyramid
{
    // Table 2 of the paper: expansion, channels, blocks, stride of the first.
    private static readonly (int Expansion, int Channels, int Blocks, int Stride)[] Plan =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    // The last block of each scale.
    private static readonly int[] PyramidBlocks = [1, 3, 6, 13, 18];

    // Field names are the keys of the weights file.
    private readonly Sequential features;
    private readonly nn.Module<Tensor, Tensor>[] _features;
    private readonly Linear? _head;

    /// <summary>Builds a network; the head starts at normal(0, 0.01), <see cref="VisionNetwork.HeadDropout"/> at 0.2.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="classes">Classes K; 0 leaves the head out.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    /// <param name="padding">How convolutions of stride 2 pad.</param>
    public MobileNetV2(string name, int classes, int channels, PaddingStyle padding) : base(name)
    {
        _features = [.. Trunk(channels, padding)];
        features = nn.Sequential(_features);
        HeadDropout = 0.2;
        register_module(nameof(features), features);
        if (classes == 0) return;
        _head = Layers.Linear(EmbeddingLength, classes, 0.01);
        register_module("classifier", nn.Sequential(nn.Identity(), _head));
    }

    /// <inheritdoc/>
    public override int EmbeddingLength => 1280;

    /// <inheritdoc/>
    public override string HeadPrefix => "classifier.1.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; } = [.. Enumerable.Range(0, 19).Select(i => $"features.{i}.")];

    /// <inheritdoc/>
    public int PyramidStride => 2;

    /// <inheritdoc/>
    public IReadOnlyList<int> PyramidChannels { get; } = [16, 24, 32, 96, 1280];

    /// <inheritdoc/>
    public override Tensor Embed(Tensor images)
    {
        using var map = _features.Through(images);                           // [N, 1280, H/32, W/32]
        return Layers.GlobalMean(map);                                       // [N, 1280]
    }

    /// <inheritdoc/>
    public override Tensor Score(Tensor embedding) => Layers.Score(_head, embedding, HeadDropout, training);

    /// <inheritdoc/>
    /// <remarks>Blocks 1, 3, 6, 13 and 18, at 1/2 to 1/32.</remarks>
    public IReadOnlyList<Tensor> Pyramid(Tensor images)
    {
        List<Tensor> maps = [];
        var first = 0;
        foreach (var last in PyramidBlocks)
        {
            maps.Add(_features[first..(last + 1)].Through(maps.Count == 0 ? images : maps[^1]));
            first = last + 1;
        }

        return maps;
    }

    private static IEnumerable<nn.Module<Tensor, Tensor>> Trunk(int channels, PaddingStyle padding)
    {
        yield return new ConvolutionNorm(channels, 32, 3, 2, 1, padding);
        var inputs = 32;
        foreach (var (expansion, outputs, blocks, stride) in Plan)
        {
            for (var i = 0; i < blocks; i++)
            {
                yield return new InvertedResidual(inputs, outputs, i == 0 ? stride : 1, expansion, padding);
                inputs = outputs;
            }
        }

        yield return new ConvolutionNorm(inputs, 1280, 1, 1, 1, padding);
    }
}
