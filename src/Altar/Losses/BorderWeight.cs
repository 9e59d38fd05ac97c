using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>Weights that make the pixels near the border of a mask count three times as much, with mean 1.</summary>
/// <remarks>
/// a = the mean of the mask over a k x k window around the pixel, zeros beyond the picture; where 0.01 &lt;= a &lt;= 0.99 the weight is 3, elsewhere 1;
/// then all are divided by their mean. As beyond the picture is background, an object that is cut by the picture's edge has a border there.
/// Source: github.com/asanakoy/kaggle_carvana_segmentation, asanakoy.
/// </remarks>
public static class BorderWeight
{
    /// <summary>The side k of the window for a picture of this height: 11, 21, 21, 41, 51 up to 128, 256, 512, 1024 and beyond.</summary>
    /// <param name="height">H in pixels.</param>
    public static int Window(long height) => height switch { <= 128 => 11, <= 512 => 21, <= 1024 => 41, _ => 51 };

    // [N, K, H, W]; 0 where the pixel is ignored
    internal static Tensor Of(PixelBatch pixels)
    {
        using var withoutGradient = no_grad();
        var near = Smoothed(pixels.Truth, Window(pixels.Truth.shape[2]));                                         // [N, K, H, W]
        var isBorder = near.IsAtLeast(0.01).logical_and(near.IsAtMost(0.99)).to_type(near.dtype);
        var known = pixels.Known.expand(near.shape);
        var weight = isBorder.Times(2).Plus(1).mul(known);
        var mean = pixels.Total(weight).sum(1).div(pixels.Total(known).sum(1).AtLeast(1));                        // [G]
        return weight.div(mean.AtLeast(1e-12).reshape(-1, 1, 1, 1));
    }

    // Columns, then rows: 2k instead of k * k sums for each pixel.
    private static Tensor Smoothed(Tensor mask, long side)
    {
        long[] once = [1, 1];
        var columns = nn.functional.avg_pool2d(mask, [side, 1], once, [side / 2, 0]);
        return nn.functional.avg_pool2d(columns, [1, side], once, [0, side / 2]);
    }
}
