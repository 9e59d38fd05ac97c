using static TorchSharp.torch;

namespace Altar.Networks;

/// <summary>A trunk whose feature maps can be had at every scale: what a segmentation network takes as its encoder.</summary>
public interface IFeaturePyramid
{
    /// <summary>Pixels of the input for one of the first map, along each side: 1 or 2. Each further map has half the side.</summary>
    int PyramidStride { get; }

    /// <summary>Channels C of each map of <see cref="Pyramid"/>, in its order.</summary>
    IReadOnlyList<int> PyramidChannels { get; }

    /// <summary>The last feature map of each scale, largest first.</summary>
    /// <param name="images">Float [N, C, H, W].</param>
    /// <returns>Float [N, C, h, w] each, rounded up at each halving; the caller disposes them.</returns>
    IReadOnlyList<Tensor> Pyramid(Tensor images);
}
