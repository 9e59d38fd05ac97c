using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Mirrors a picture at its border pixels until a stride divides its sides, and cuts an output back to the picture.</summary>
/// <remarks>
/// As TernausNet's own code pads, with OpenCV's BORDER_REFLECT_101: half on each side, an odd pixel behind, the border pixel itself not repeated.
/// A pad larger than the picture reflects again and again; a side of one pixel is repeated.
/// </remarks>
public readonly record struct ReflectionPadding
{
    private readonly long _height, _width, _top, _bottom, _left, _right;

    private ReflectionPadding(long height, long width, long above, long beside)
    {
        (_height, _width) = (height, width);
        (_top, _bottom) = (above / 2, above - above / 2);
        (_left, _right) = (beside / 2, beside - beside / 2);
    }

    /// <summary>The least padding after which both sides are multiples.</summary>
    /// <param name="stride">In pixels, at least 1.</param>
    /// <param name="height">H in pixels, at least 1.</param>
    /// <param name="width">W in pixels, at least 1.</param>
    public static ReflectionPadding ToMultiplesOf(int stride, long height, long width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return new(height, width, Missing(height), Missing(width));

        long Missing(long side) => (stride - side % stride) % stride;
    }

    /// <summary>Pads.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <returns>[N, C, H + ..., W + ...] in the same memory order; <paramref name="images"/> itself where nothing is missing.</returns>
    public Tensor Apply(Tensor images)
    {
        var (_, _, height, width) = Shape.Nchw(images, nameof(images));
        if ((height, width) != (_height, _width)) throw new ArgumentException($"this padding is for {_height} by {_width} pixels, not {height} by {width}.", nameof(images));
        if (_top + _bottom + _left + _right == 0) return images;
        using var scope = NewDisposeScope();
        var rows = images.index_select(2, Places(height, _top, _bottom, images.device));   // [N, C, H', W]
        var padded = rows.index_select(3, Places(width, _left, _right, images.device));     // [N, C, H', W']
        return (ChannelsLast.Holds(images) ? ChannelsLast.Of(padded) : padded).MoveToOuterDisposeScope();
    }

    /// <summary>Cuts back.</summary>
    /// <param name="output">[N, K, H', W'].</param>
    /// <returns>[N, K, H, W], a view; <paramref name="output"/> itself where nothing was padded.</returns>
    public Tensor Crop(Tensor output)
    {
        Shape.Nchw(output, nameof(output));
        if (_top + _bottom + _left + _right == 0) return output;
        using var rows = output.narrow(2, _top, _height);
        return rows.narrow(3, _left, _width);
    }

    // Of which pixel each one is a copy: a wave of period 2 (side - 1).
    private static Tensor Places(long side, long before, long after, Device device)
    {
        var period = Math.Max(2 * (side - 1), 1);
        var places = new long[before + side + after];
        for (var i = 0; i < places.Length; i++)
        {
            var place = ((i - before) % period + period) % period;
            places[i] = Math.Min(place, period - place);   // of a single pixel the period is 1, and every place is 0
        }

        return tensor(places, device: device);
    }
}
