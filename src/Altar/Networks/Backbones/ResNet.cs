using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>ResNet, wide ResNet and ResNeXt as torchvision builds them (arXiv:1512.03385, 1605.07146, 1611.05431).</summary>
public sealed class ResNet : Classifier, IFeaturePyramid
{
    // Field names are the keys of the weights file.
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Sequential layer1, layer2, layer3, layer4;
    private readonly Linear? fc;
    private readonly ResNetPlan _plan;

    /// <summary>Builds a network; the head starts at PyTorch's default, uniform within 1 / sqrt(D).</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="plan">Depths and widths.</param>
    /// <param name="classes">Classes K; 0 leaves the head out.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    public ResNet(string name, ResNetPlan plan, int classes, int channels = 3) : base(name)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        conv1 = Layers.Convolution(channels, 64, 7, stride: 2);
        bn1 = new BatchNorm(64);
        layer1 = Stage(plan, 0);
        layer2 = Stage(plan, 1);
        layer3 = Stage(plan, 2);
        layer4 = Stage(plan, 3);
        if (classes > 0) fc = nn.Linear(plan.Outputs(3), classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int EmbeddingLength => _plan.Outputs(3);

    /// <inheritdoc/>
    public override string HeadPrefix => "fc.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; } = ["conv1.", "bn1.", "layer1.", "layer2.", "layer3.", "layer4."];

    /// <inheritdoc/>
    public int PyramidStride => 2;

    /// <inheritdoc/>
    public IReadOnlyList<int> PyramidChannels => [64, .. Enumerable.Range(0, 4).Select(_plan.Outputs)];

    /// <inheritdoc/>
    public override Tensor Embed(Tensor images)
    {
        using var stem = Stem(images);                                       // [N, 64, H/2, W/2]
        using var pooled = Pool(stem);                                       // [N, 64, H/4, W/4]
        using var map = Stages.Through(pooled);                              // [N, D, H/32, W/32]
        return Layers.GlobalMean(map);                                       // [N, D]
    }

    /// <inheritdoc/>
    public override Tensor Score(Tensor embedding) => Layers.Score(fc, embedding, HeadDropout, training);

    /// <inheritdoc/>
    /// <remarks>The stem at 1/2, then layer1 to layer4 at 1/4 to 1/32.</remarks>
    public IReadOnlyList<Tensor> Pyramid(Tensor images)
    {
        List<Tensor> maps = [Stem(images)];                                  // [N, 64, H/2, W/2]
        using var pooled = Pool(maps[0]);                                    // [N, 64, H/4, W/4]
        foreach (var stage in Stages) maps.Add(stage.call(maps.Count == 1 ? pooled : maps[^1]));
        return maps;
    }

    private Sequential[] Stages => [layer1, layer2, layer3, layer4];

    private Tensor Stem(Tensor images)
    {
        using var map = conv1.call(images);                                  // [N, 64, H/2, W/2]
        return bn1.call(map).relu_();
    }

    private static Tensor Pool(Tensor map) => nn.functional.max_pool2d(map, 3, 2, 1);

    /// <summary>The blocks of a stage, 0 to 3.</summary>
    internal static Sequential Stage(ResNetPlan plan, int stage)
    {
        var inputs = stage == 0 ? 64 : plan.Outputs(stage - 1);
        return nn.Sequential(Enumerable.Range(0, plan.Depths[stage]).Select(i => Block(plan, stage, i == 0 ? inputs : plan.Outputs(stage), i == 0 && stage > 0 ? 2 : 1)));
    }

    private static nn.Module<Tensor, Tensor> Block(ResNetPlan plan, int stage, int inputs, int stride) => plan.IsBottleneck
        ? new Bottleneck(inputs, plan.Width(stage), plan.Outputs(stage), stride, plan.Groups)
        : new BasicBlock(inputs, plan.Outputs(stage), stride);
}
