using Altar.Images;

namespace Altar.Augmentation;

/// <summary>The one map between a picture and the network's input, for pixels, masks, boxes and points alike.</summary>
/// <remarks>Coordinates are continuous, in pixels: the upper left corner is (0, 0), the first pixel's centre (0.5, 0.5).</remarks>
public sealed class Warp
{
    private readonly Affine _toBent;

    /// <summary>The map of drawn geometry.</summary>
    /// <param name="source">Size of the picture.</param>
    /// <param name="target">Size of the network's input.</param>
    /// <param name="geometry">What was drawn.</param>
    public Warp(PixelSize source, PixelSize target, GeometryDraw geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        (Source, Target, Barrel, Grid) = (source, target, geometry.Barrel, geometry.Grid);
        FromBent = geometry.ToTarget(source, target);
        _toBent = FromBent.Inverse();
    }

    /// <summary>Size of the picture.</summary>
    public PixelSize Source { get; }

    /// <summary>Size of the network's input.</summary>
    public PixelSize Target { get; }

    /// <summary>From target to the bent picture.</summary>
    internal Affine ToBent => _toBent;

    internal Affine FromBent { get; }

    internal BarrelDraw? Barrel { get; }

    internal GridDraw? Grid { get; }

    /// <summary>Picture pixels per target pixel, in the direction that is shrunk least. Above 2 the picture is averaged before it is sampled.</summary>
    public double Shrink => _toBent.SmallestStretch();

    /// <summary>Where in the picture a point of the target is taken from; it may lie outside.</summary>
    /// <param name="x">Its column in the target.</param>
    /// <param name="y">Its row in the target.</param>
    public (double X, double Y) ToSource(double x, double y)
    {
        (x, y) = _toBent.Map(x, y);
        if (Barrel is not null) return Barrel.ToSource(x, y, Source.Width, Source.Height);
        return Grid is null ? (x, y) : Grid.ToSource(x, y, Source.Width, Source.Height);
    }

    /// <summary>Where in the target a point of the picture comes to lie; it may lie outside.</summary>
    /// <param name="x">Its column in the picture.</param>
    /// <param name="y">Its row in the picture.</param>
    public (double X, double Y) ToTarget(double x, double y)
    {
        if (Barrel is not null) (x, y) = Barrel.FromSource(x, y, Source.Width, Source.Height);
        if (Grid is not null) (x, y) = Grid.FromSource(x, y, Source.Width, Source.Height);
        return FromBent.Map(x, y);
    }
}
