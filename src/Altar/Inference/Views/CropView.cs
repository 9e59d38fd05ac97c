using Altar.Augmentation;
using Altar.Images;

namespace Altar.Inference.Views;

/// <summary>A part of a picture that is judged: a window of the network's input size on the resized picture.</summary>
/// <param name="Resize">Size to which the picture is brought, as a multiple of the smallest that covers the input; at least 1.</param>
/// <param name="X">Where across: -1 is the left edge, 0 the middle, 1 the right edge.</param>
/// <param name="Y">Where down: -1 is the top edge, 0 the middle, 1 the bottom edge.</param>
public readonly record struct CropView(double Resize, double X = 0, double Y = 0)
{
    /// <summary>The view of validation: the middle, at 256/224.</summary>
    public static CropView Middle { get; } = new(AugmentationOptions.None.Resize);

    /// <summary>The view as a draw, for a picture of some size.</summary>
    /// <param name="source">Size of the upright picture.</param>
    /// <param name="target">Size of the network's input.</param>
    public AugmentationDraw Of(PixelSize source, PixelSize target)
    {
        var resize = Resize * Math.Max((double)target.Width / source.Width, (double)target.Height / source.Height);
        return new AugmentationDraw
        {
            Source = source,
            Target = target,
            Geometry = new GeometryDraw
            {
                ResizeX = resize,
                ResizeY = resize,
                CropX = X * ((source.Width * resize) - target.Width) / 2,
                CropY = Y * ((source.Height * resize) - target.Height) / 2,
            },
        };
    }
}
