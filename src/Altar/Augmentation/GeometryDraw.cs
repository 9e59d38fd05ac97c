using Altar.Images;

namespace Altar.Augmentation;

/// <summary>The drawn geometry of one sample.</summary>
public sealed record GeometryDraw
{
    /// <summary>Target pixels per picture column, before <see cref="Scale"/>.</summary>
    public double ResizeX { get; init; } = 1;

    /// <summary>Target pixels per picture row, before <see cref="Scale"/>.</summary>
    public double ResizeY { get; init; } = 1;

    /// <summary>How far right of the picture's centre the crop's centre lies, in target pixels.</summary>
    public double CropX { get; init; }

    /// <summary>How far below the picture's centre the crop's centre lies, in target pixels.</summary>
    public double CropY { get; init; }

    /// <summary>Magnification about the centre.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The picture becomes wider by this ratio, at the same sum of factors: MXNet's rule.</summary>
    public double Aspect { get; init; } = 1;

    /// <summary>Columns added per row.</summary>
    public double Shear { get; init; }

    /// <summary>Rotation about the centre in degrees, counter-clockwise.</summary>
    public double Rotate { get; init; }

    /// <summary>Shift to the right as a share of the picture's width.</summary>
    public double ShiftX { get; init; }

    /// <summary>Shift downwards as a share of the picture's height.</summary>
    public double ShiftY { get; init; }

    /// <summary>Whether left and right change places.</summary>
    public bool MirrorX { get; init; }

    /// <summary>Whether top and bottom change places.</summary>
    public bool MirrorY { get; init; }

    /// <summary>Whether rows and columns change places, after the mirrors.</summary>
    public bool Transpose { get; init; }

    /// <summary>Barrel distortion of the picture, before all else; null for none.</summary>
    public BarrelDraw? Barrel { get; init; }

    /// <summary>Grid distortion of the picture, before all else; null for none.</summary>
    public GridDraw? Grid { get; init; }

    /// <summary>All of it as one map from the (bent) picture to the target; pixel centres lie at halves.</summary>
    internal Affine ToTarget(PixelSize source, PixelSize target)
    {
        var (width, height) = (source.Width * ResizeX, source.Height * ResizeY);
        var crop = Transpose ? new PixelSize(target.Height, target.Width) : target;
        var map = Affine.Scaling(ResizeX, ResizeY)
            .Then(Affine.Translation(-width / 2, -height / 2))
            .Then(AboutCentre())
            .Then(Affine.Translation((ShiftX * width) - CropX + (crop.Width / 2.0), (ShiftY * height) - CropY + (crop.Height / 2.0)));
        if (MirrorX) map = map.Then(new Affine(-1, 0, crop.Width, 0, 1, 0));
        if (MirrorY) map = map.Then(new Affine(1, 0, 0, 0, -1, crop.Height));
        return Transpose ? map.Then(new Affine(0, 1, 0, 1, 0, 0)) : map;
    }

    private Affine AboutCentre()
    {
        var y = 2 * Scale / (1 + Aspect);
        var (sin, cos) = Math.SinCos(Rotate * Math.PI / 180);
        return Affine.Scaling(Aspect * y, y)
            .Then(new Affine(1, Shear, 0, 0, 1, 0))
            .Then(new Affine(cos, sin, 0, -sin, cos, 0));
    }
}
