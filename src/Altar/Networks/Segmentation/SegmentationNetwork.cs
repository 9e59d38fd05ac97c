using Altar.Networks.Backbones;
using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Scores classes for every pixel of pictures of any size.</summary>
/// <remarks>Parameter names, shapes and outputs are the authors', without the copies that their modules registered twice. Outputs are logits, also of several classes.</remarks>
public abstract class SegmentationNetwork : VisionNetwork
{
    /// <summary>Prefix of the class head's parameters.</summary>
    public const string ClassHeadPrefix = "class_head.";

    private Linear? _classHead;

    /// <summary>Starts a network.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="channels">Channels C of the input, at least 1.</param>
    /// <param name="classes">Classes K, at least 1.</param>
    protected SegmentationNetwork(string name, int channels, int classes) : base(name) => (Channels, Classes) = (channels, classes);

    /// <summary>Channels C of the input.</summary>
    public int Channels { get; }

    /// <summary>Classes K of the output; 1 where a single class stands against the background.</summary>
    public int Classes { get; }

    /// <summary>Pixels of the input for one of the deepest map, along each side: inputs are padded to multiples of it.</summary>
    public abstract int Stride { get; }

    /// <summary>Prefix of the parameters that depend on the number of classes, e.g. "final.".</summary>
    public abstract string HeadPrefix { get; }

    /// <summary>Name in the catalogue of the classifier whose weights the encoder takes; null where none fits.</summary>
    public abstract string? EncoderNetwork { get; }

    /// <summary>Where a tensor of that classifier belongs here.</summary>
    /// <param name="classifierTensor">E.g. "layer1.0.conv1.weight".</param>
    /// <returns>E.g. "encoder.layer1.0.conv1.weight"; null for what the encoder does not have.</returns>
    public abstract string? EncoderTensor(string classifierTensor);

    /// <summary>The tensor that the authors' modules also registered under another name, so that their checkpoints hold it twice.</summary>
    /// <param name="name">E.g. "conv1.0.weight".</param>
    /// <returns>E.g. "encoder.0.weight"; null for a name that is no second one.</returns>
    public virtual string? Twin(string name) => null;

    /// <summary>Whether the network also scores classes for the whole picture.</summary>
    public bool HasClassHead => _classHead is not null;

    /// <summary>Logits of each pixel.</summary>
    /// <param name="input">Float [N, C, H, W] of any size; padded by reflection to multiples of <see cref="Stride"/>, and the output cropped back.</param>
    /// <returns>Float [N, K, H, W].</returns>
    /// <exception cref="ArgumentException">Another number of axes or channels, or no pixel.</exception>
    public sealed override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Run(input).Pixels.MoveToOuterDisposeScope();
    }

    /// <summary>Logits of each pixel, and for the whole picture of whether each class is in it, from one pass.</summary>
    /// <param name="input">As for <see cref="forward"/>.</param>
    /// <returns>Float [N, K, H, W], and float [N, K] for <see cref="ClassPresence"/>: sigmoid, each class on its own.</returns>
    /// <exception cref="InvalidOperationException">The network has no class head.</exception>
    public (Tensor Pixels, Tensor Classes) ForwardWithClasses(Tensor input)
    {
        if (_classHead is null) throw new InvalidOperationException($"{GetName()} was built without a class head (model.class_head).");
        using var scope = NewDisposeScope();
        var (pixels, deepest) = Run(input);
        var classes = _classHead.call(Layers.GlobalMean(deepest));           // [N, K]
        return (pixels.MoveToOuterDisposeScope(), classes.MoveToOuterDisposeScope());
    }

    /// <summary>In training a network with a class head gives its scores as K planes more, each of one number: [N, 2K, H, W].</summary>
    /// <param name="input">As for <see cref="forward"/>.</param>
    /// <param name="trunkRests">Not needed: what is frozen costs no gradient.</param>
    public override Tensor Output(Tensor input, bool trunkRests)
    {
        if (!training || _classHead is null) return call(input);
        using var scope = NewDisposeScope();
        var (pixels, classes) = ForwardWithClasses(input);                                          // [N, K, H, W], [N, K]
        var planes = classes.unsqueeze(-1).unsqueeze(-1).expand(-1, -1, pixels.shape[2], pixels.shape[3]);
        return cat([pixels, planes], 1).MoveToOuterDisposeScope();                                  // [N, 2K, H, W]
    }

    /// <summary>Channels of the deepest map.</summary>
    protected abstract int DeepestChannels { get; }

    /// <summary>The pass itself, inside a dispose scope.</summary>
    /// <param name="images">Float [N, C, H, W], H and W multiples of <see cref="Stride"/>.</param>
    /// <returns>Float [N, K, H, W], and the deepest map, [N, <see cref="DeepestChannels"/>, h, w].</returns>
    protected abstract (Tensor Pixels, Tensor Deepest) Segment(Tensor images);

    /// <summary>In training <see cref="VisionNetwork.HeadDropout"/> takes whole channels of the map before the head away (arXiv:1411.4280).</summary>
    /// <param name="map">Float [N, C, H, W].</param>
    protected Tensor Drop(Tensor map) => training && HeadDropout > 0 ? nn.functional.dropout2d(map, HeadDropout, training: true) : map;

    /// <summary>Gives the network a class head: the mean of the deepest map, and a linear layer.</summary>
    internal void AddClassHead()
    {
        _classHead = Layers.Linear(DeepestChannels, Classes, 0.01);
        register_module(ClassHeadPrefix.TrimEnd('.'), _classHead);
    }

    private (Tensor Pixels, Tensor Deepest) Run(Tensor input)
    {
        var (_, channels, height, width) = Shape.Nchw(input, nameof(input));
        if (channels != Channels) throw new ArgumentException($"{GetName()} was built for {Channels} channels; the input has {channels}. Set model.channels.", nameof(input));
        if (height < 1 || width < 1) throw new ArgumentException($"{GetName()}: {height} by {width} pixels; a picture has at least one.", nameof(input));
        var padding = ReflectionPadding.ToMultiplesOf(Stride, height, width);
        var (pixels, deepest) = Segment(padding.Apply(input));
        return (padding.Crop(pixels), deepest);
    }
}
