using Altar.Images;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>CutMix (arXiv:1905.04899): pastes a rectangle of another picture, with the loss shared by area, or with its part of the mask.</summary>
public static class CutMix
{
    /// <summary>Draws the rectangle: sides of sqrt(share) of the picture's around a uniform centre, cut at the border, so that its share may be smaller.</summary>
    /// <param name="random">Chance of this batch.</param>
    /// <param name="size">The picture's size.</param>
    /// <param name="share">Share of the area that is wanted, 0 to 1.</param>
    public static PixelBox Draw(Random random, PixelSize size, double share)
    {
        ArgumentNullException.ThrowIfNull(random);
        var side = Math.Sqrt(share);
        int width = (int)(size.Width * side), height = (int)(size.Height * side);
        int centreX = random.Next(size.Width), centreY = random.Next(size.Height);
        return new PixelBox(centreX - (width / 2), centreY - (height / 2), width, height).Intersect(PixelBox.Whole(size));
    }

    /// <summary>Copies of pictures with a rectangle of each partner in them.</summary>
    /// <param name="pictures">[N, ..., H, W], of any type: pictures or masks.</param>
    /// <param name="partner">A permutation of 0 .. N - 1, int64 [N].</param>
    /// <param name="box">The rectangle, inside of them; without area nothing changes.</param>
    /// <returns>[N, ..., H, W].</returns>
    public static Tensor Paste(Tensor pictures, Tensor partner, PixelBox box)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var pasted = pictures.clone();                                                     // [N, ..., H, W], in the same layout
        if (box.Width < 1 || box.Height < 1) return pasted;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var others = Region(pictures, box).index_select(0, partner);                       // [N, ..., h, w]
        Region(pasted, box).copy_(others);
        return pasted;
    }

    private static Tensor Region(Tensor pictures, PixelBox box) =>
        pictures.narrow(pictures.dim() - 2, box.Y, box.Height).narrow(pictures.dim() - 1, box.X, box.Width);
}
