using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>VGG as torchvision builds it, with and without batch norm (arXiv:1409.1556).</summary>
/// <remarks>The embedding is the second hidden layer of the classifier, after its ReLU; the dropout behind it is <see cref="VisionNetwork.HeadDropout"/>.</remarks>
public sealed class Vgg : Classifier, IFeaturePyramid
{
    // Field names are the keys of the weights file.
    private readonly Sequential features;
    private readonly nn.Module<Tensor, Tensor>[] _features;
    private readonly Linear? _hidden1, _hidden2, _head;
    private readonly Dropout _innerDropout;

    /// <summary>Builds a network; linear layers start at normal(0, 0.01).</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="depths">Convolutions in each of the five stages.</param>
    /// <param name="normalised">Batch norm behind each convolution.</param>
    /// <param name="classes">Classes K; 0 leaves out the head and the hidden layers, so that only <see cref="Pyramid"/> can be called.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    public Vgg(string name, IReadOnlyList<int> depths, bool normalised, int classes, int channels = 3) : base(name)
    {
        _features = [.. Trunk(depths, normalised, channels)];
        features = nn.Sequential(_features);
        HeadDropout = 0.5;
        register_module(nameof(features), features);
        _innerDropout = nn.Dropout(0.5);
        Blocks = [.. _features.Index().Where(layer => layer.Item is Conv2d or BatchNorm).Select(layer => $"features.{layer.Index}.")];
        if (classes == 0) return;
        Blocks = [.. Blocks, "classifier.0.", "classifier.3."];
        _hidden1 = Layers.Linear(512 * 7 * 7, 4096, 0.01);
        _hidden2 = Layers.Linear(4096, 4096, 0.01);
        _head = Layers.Linear(4096, classes, 0.01);
        register_module("classifier", nn.Sequential(_hidden1, nn.ReLU(), _innerDropout, _hidden2, nn.ReLU(), nn.Identity(), _head));
    }

    /// <inheritdoc/>
    public override int EmbeddingLength => 4096;

    /// <inheritdoc/>
    public override string HeadPrefix => "classifier.6.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Blocks { get; }

    /// <inheritdoc/>
    public int PyramidStride => 1;

    /// <inheritdoc/>
    public IReadOnlyList<int> PyramidChannels { get; } = [64, 128, 256, 512, 512];

    /// <inheritdoc/>
    public override Tensor Embed(Tensor images)
    {
        if (_hidden1 is null || _hidden2 is null) throw Layers.NoHead();
        using var scope = NewDisposeScope();
        using var map = _features.Through(images);                           // [N, 512, H/32, W/32]
        var pooled = nn.functional.adaptive_avg_pool2d(map, [7, 7]);         // [N, 512, 7, 7]
        var hidden = _hidden1.call(pooled.flatten(1)).relu_();               // [N, 4096]
        hidden = _innerDropout.call(hidden);                                 // [N, 4096]
        return _hidden2.call(hidden).relu_().MoveToOuterDisposeScope();      // [N, 4096]
    }

    /// <inheritdoc/>
    public override Tensor Score(Tensor embedding) => Layers.Score(_head, embedding, HeadDropout, training);

    /// <inheritdoc/>
    /// <remarks>Before each of the five poolings, at 1 to 1/16.</remarks>
    public IReadOnlyList<Tensor> Pyramid(Tensor images)
    {
        List<Tensor> maps = [];
        foreach (var stage in SplitAtPools(_features))
        {
            using var pooled = maps.Count == 0 ? null : nn.functional.max_pool2d(maps[^1], 2, 2);   // [N, C, h, w]
            maps.Add(stage.Through(pooled ?? images));                                               // [N, C', h, w]
        }

        return maps;
    }

    /// <summary>The layers of torchvision's "features", pooling included.</summary>
    internal static IEnumerable<nn.Module<Tensor, Tensor>> Trunk(IReadOnlyList<int> depths, bool normalised, long channels)
    {
        var inputs = channels;
        foreach (var (stage, depth) in depths.Index())
        {
            var outputs = Math.Min(64L << stage, 512);
            for (var i = 0; i < depth; i++)
            {
                yield return Layers.Convolution(inputs, outputs, 3, bias: true);
                if (normalised) yield return new BatchNorm(outputs);
                yield return nn.ReLU(inplace: true);
                inputs = outputs;
            }

            yield return nn.MaxPool2d(2, 2);
        }
    }

    /// <summary>The layers between poolings.</summary>
    internal static IEnumerable<List<nn.Module<Tensor, Tensor>>> SplitAtPools(IEnumerable<nn.Module<Tensor, Tensor>> layers)
    {
        List<nn.Module<Tensor, Tensor>> stage = [];
        foreach (var layer in layers)
        {
            if (layer is not MaxPool2d) stage.Add(layer);
            else
            {
                yield return stage;
                stage = [];
            }
        }
    }
}
