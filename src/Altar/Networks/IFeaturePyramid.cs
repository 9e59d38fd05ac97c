using static TorchSharp.torch;

namespace Altar.Networks;

/// <summary>A trunk whose feature maps can be had at every scale: what a segmentation network takes as its encoder.</summary>
public interface IFeaturePyramid
{
    /// <summary>Channels C of each map of <see cref="Pyramid"/>, in its order.</summary>
    IReadOnlyList<int> PyramidChannels { get; }

    /// <summary>The last feature map of each scale, largest first.</summary>
    /// <param name="images">Float [N, 3, H, W].</param>
    /// <returns>Float [N, C, h, w] each, rounded up at each halving; the caller disposes them.</returns>
    IReadOnlyList<Tensor> Pyramid(Tensor images);
}
