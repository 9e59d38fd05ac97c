namespace Altar.Augmentation;

/// <summary>Barrel (or pincushion) and grid distortion; one of the two is drawn, each with the same chance.</summary>
/// <remarks>The Amazon set of techniques by A. Kuzin: Distort1 and Distort2.</remarks>
public sealed record BendOptions
{
    /// <summary>Probability, in [0, 1], given that the warp happens. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>
    /// Largest k in r' = r (1 + k r^2 / 100000), where r is 181 at the picture's corners: the originals' unit, pixels of a 256x256 picture,
    /// made independent of the size. In [0, 1]; 0 leaves only the grid. Default 0.35.
    /// </summary>
    public double Barrel { get; init; } = 0.35;

    /// <summary>Largest shift of the barrel's centre, as a share of width and height, in [0, 0.5]. Default 0.25.</summary>
    public double BarrelShift { get; init; } = 0.25;

    /// <summary>Largest change of a grid cell's width or height, as a share, in [0, 0.9]; 0 leaves only the barrel. Default 0.2.</summary>
    public double Grid { get; init; } = 0.2;

    /// <summary>Cells of the grid in each direction, 2 to 32. Default 10.</summary>
    public int GridCells { get; init; } = 10;

    internal void Validate()
    {
        OptionRange.Check("bend.probability", Probability, 0, 1);
        OptionRange.Check("bend.barrel", Barrel, 0, 1);
        OptionRange.Check("bend.barrel_shift", BarrelShift, 0, 0.5);
        OptionRange.Check("bend.grid", Grid, 0, 0.9);
        OptionRange.Check("bend.grid_cells", GridCells, 2, 32);
    }
}
