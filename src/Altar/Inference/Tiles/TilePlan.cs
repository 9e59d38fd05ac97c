using Altar.Images;

namespace Altar.Inference.Tiles;

/// <summary>The tiles that cover a raster, row of tiles by row of tiles, so that rows of the result can be handed on as soon as no later tile reaches them.</summary>
public sealed class TilePlan
{
    private TilePlan(TileAxis columns, TileAxis rows) => (Columns, Rows) = (columns, rows);

    /// <summary>Tiles side by side.</summary>
    public TileAxis Columns { get; }

    /// <summary>Rows of tiles.</summary>
    public TileAxis Rows { get; }

    /// <summary>Size of the raster.</summary>
    public PixelSize Raster => new(Columns.Length, Rows.Length);

    /// <summary>Size of each tile.</summary>
    public PixelSize Tile => new(Columns.Tile, Rows.Tile);

    /// <summary>Number of tiles.</summary>
    public int Count => Columns.Starts.Count * Rows.Starts.Count;

    /// <summary>Covers a raster.</summary>
    /// <param name="raster">Its size.</param>
    /// <param name="options">Tile, overlap, blending.</param>
    /// <param name="multiple">What the sides of a tile must be multiples of, in pixels; 1 when anything will do.</param>
    /// <exception cref="Tensors.BadInputException">An option is outside of its range.</exception>
    public static TilePlan Cover(PixelSize raster, TileOptions options, int multiple = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated(multiple);
        return new TilePlan(TileAxis.Cover(raster.Width, options, multiple), TileAxis.Cover(raster.Height, options, multiple));
    }

    /// <summary>The pixels of a tile. They all lie in the raster, unless it is smaller than a tile.</summary>
    /// <param name="column">Its place from the left.</param>
    /// <param name="row">Its place from the top.</param>
    public PixelBox Box(int column, int row) => new(Columns.Starts[column], Rows.Starts[row], Columns.Tile, Rows.Tile);

    /// <summary>The rows of pixels that are final after a row of tiles: those above the next row of tiles.</summary>
    /// <param name="row">The row of tiles.</param>
    /// <returns>The first of them, and the one below the last.</returns>
    public (int From, int To) FinalRows(int row) => (Rows.Starts[row], row + 1 < Rows.Starts.Count ? Rows.Starts[row + 1] : Rows.Length);
}
