using Altar.Inference.Tiles;
using static TorchSharp.torch;

namespace Altar.Tests.Inference.Tiles;

/// <summary>Networks whose answers are known.</summary>
internal static class TileNetworks
{
    /// <summary>Float [N, 3, H, W] of bytes / 255 in, no normalisation.</summary>
    public static RasterModel Of(PixelProbabilities probabilities, int stride = 1, params string[] classes) => new()
    {
        Probabilities = probabilities, Classes = classes.Length == 0 ? ["roof"] : classes, Mean = [0, 0, 0], Std = [1, 1, 1], Stride = stride, Identity = "test",
    };

    public static RasterModel Constant(double probability) => Of(images => full([images.shape[0], 1, images.shape[2], images.shape[3]], (float)probability));

    /// <summary>The red channel is the probability.</summary>
    public static RasterModel Red(int stride = 1) => Of(images => images.narrow(1, 0, 1), stride);

    /// <summary>Three convolutions with fixed weights, padded with zeros: a pixel sees 3 pixels around it.</summary>
    public static Tensor Convolutions(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = images;
        foreach (var (from, to) in ((long, long)[])[(3, 6), (6, 6), (6, 1)])
        {
            var weights = arange(to * from * 9, dtype: ScalarType.Float32).mul(tensor(1.7f)).sin().mul(tensor((float)(1.2 / Math.Sqrt(from)))).reshape(to, from, 3, 3);   // [to, from, 3, 3]
            x = nn.functional.conv2d(x, weights, padding: [1, 1]).tanh();   // [N, to, H, W]
        }

        return x.sigmoid().MoveToOuterDisposeScope();   // [N, 1, H, W]
    }

    /// <summary>The mean of 9 by 9 pixels, padded with zeros as networks pad: near an edge it is wrong.</summary>
    public static Tensor Blur(Tensor images)
    {
        using var scope = NewDisposeScope();
        return nn.functional.avg_pool2d(images.narrow(1, 0, 1), 9, stride: 1, padding: 4).MoveToOuterDisposeScope();   // [N, 1, H, W]
    }
}
