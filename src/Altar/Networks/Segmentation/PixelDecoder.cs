using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Makes one map of an encoder's.</summary>
internal abstract class PixelDecoder(string name) : nn.Module<IReadOnlyList<Tensor>, Tensor>(name)
{
    /// <summary>Channels of the map.</summary>
    public abstract int Outputs { get; }

    /// <summary>Pixels of the input for one of the map, along each side.</summary>
    public abstract int OutputStride { get; }

    /// <summary>Kernel of the convolution that scores the map.</summary>
    public abstract int HeadKernel { get; }

    /// <summary>Dropout behind the map, in [0, 1).</summary>
    public abstract double Dropout { get; }
}
