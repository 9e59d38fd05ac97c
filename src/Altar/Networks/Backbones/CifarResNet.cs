using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>The narrow ResNet for pictures of 32 by 32 (arXiv:1512.03385, section 4.2), named as Yerlan Idelbayev's pytorch_resnet_cifar10.</summary>
public sealed class CifarResNet : Classifier, IFeaturePyramid
{
    // Field names are the keys of the weights file.
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Sequential layer1, layer2, layer3;
    private readonly Linear? linear;

    /// <summary>Builds a network of 6 n + 2 layers; the head starts at normal(0, sqrt(2 / D)).</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="blocks">Blocks n in each of the three stages: 3 for ResNet-20, 9 for ResNet-56.</param>
    /// <param name="classes">Classes K; 0 leaves the head out.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    public CifarResNet(string name, int blocks, int classes, int channels = 3) : base(name)
    {
        conv1 = Convolution(channels, 16, 1);
        bn1 = new BatchNorm(16);
        layer1 = Stage(16, 16, blocks, 1);
        layer2 = Stage(16, 32, blocks, 2);
        layer3 = Stage(32, 64, blocks, 2);
        if (classes > 0) linear = Layers.Linear(EmbeddingLength, classes, Math.Sqrt(2.0 / EmbeddingLength));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int EmbeddingLength => 64;

    /// <inheritdoc/>
    public override string HeadPrefix => "linear.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; } = ["conv1.", "bn1.", "layer1.", "layer2.", "layer3."];

    /// <inheritdoc/>
    public int PyramidStride => 1;

    /// <inheritdoc/>
    public IReadOnlyList<int> PyramidChannels { get; } = [16, 32, 64];

    /// <inheritdoc/>
    public override Tensor Embed(Tensor images)
    {
        using var stem = Stem(images);                                       // [N, 16, H, W]
        using var map = Stages.Through(stem);                                // [N, 64, H/4, W/4]
        return Layers.GlobalMean(map);                                       // [N, 64]
    }

    /// <inheritdoc/>
    public override Tensor Score(Tensor embedding) => Layers.Score(linear, embedding, HeadDropout, training);

    /// <inheritdoc/>
    /// <remarks>layer1 to layer3, at 1 to 1/4.</remarks>
    public IReadOnlyList<Tensor> Pyramid(Tensor images)
    {
        using var stem = Stem(images);                                       // [N, 16, H, W]
        List<Tensor> maps = [];
        foreach (var stage in Stages) maps.Add(stage.call(maps.Count == 0 ? stem : maps[^1]));
        return maps;
    }

    /// <summary>3x3 without bias; weights normal(0, sqrt(2 / (9 * inputs))), by fan-in as the author has it.</summary>
    internal static Conv2d Convolution(long inputs, long outputs, long stride)
    {
        var layer = nn.Conv2d(inputs, outputs, 3, stride, 1, bias: false);
        nn.init.normal_(layer.weight, 0, Math.Sqrt(2.0 / (9 * inputs)));
        return layer;
    }

    private Sequential[] Stages => [layer1, layer2, layer3];

    private Tensor Stem(Tensor images)
    {
        using var map = conv1.call(images);                                  // [N, 16, H, W]
        return bn1.call(map).relu_();
    }

    private static Sequential Stage(long inputs, long outputs, int blocks, long stride) =>
        nn.Sequential(Enumerable.Range(0, blocks).Select(i => new CifarBlock(i == 0 ? inputs : outputs, outputs, i == 0 ? stride : 1)));
}
