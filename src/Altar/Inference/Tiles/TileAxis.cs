namespace Altar.Inference.Tiles;

/// <summary>Where tiles begin along one side of a raster, and what each counts at each pixel.</summary>
/// <remarks>Windows and grids are products of two axes; so weights that sum to 1 along both sum to 1 at every pixel.</remarks>
public sealed class TileAxis
{
    private readonly float[][] _weights;

    private TileAxis(int length, int tile, int[] starts, float[][] weights) => (Length, Tile, Starts, _weights) = (length, tile, starts, weights);

    /// <summary>Pixels of the raster along this side.</summary>
    public int Length { get; }

    /// <summary>Pixels of a tile along this side. More than <see cref="Length"/> where the raster is smaller than the tile: what lies beyond has to be made up.</summary>
    public int Tile { get; }

    /// <summary>First pixel of each tile, rising. The last tile ends with the raster, so it may overlap its neighbour more than the others.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>What a tile counts at each of its pixels: above 0 inside the raster, 0 beyond. At each pixel of the raster the tiles that cover it sum to 1.</summary>
    /// <param name="tile">Its place in <see cref="Starts"/>.</param>
    public ReadOnlySpan<float> Weights(int tile) => _weights[tile];

    /// <summary>Covers a side.</summary>
    /// <param name="length">Pixels of the raster, at least 1.</param>
    /// <param name="options">Tile, overlap, blending.</param>
    /// <param name="multiple">A raster smaller than a tile gets a tile of its own size, rounded up to a multiple of this.</param>
    public static TileAxis Cover(int length, TileOptions options, int multiple)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(multiple, 1);
        var tile = (int)Math.Min(options.TilePixels, ((long)length + multiple - 1) / multiple * multiple);
        int[] starts = [.. StartsOf(length, tile, options.Step)];
        return new TileAxis(length, tile, starts, Shares(length, tile, starts, options.Blending));
    }

    private static IEnumerable<int> StartsOf(int length, int tile, int step)
    {
        for (long start = 0; start + tile < length; start += step) yield return (int)start;
        yield return Math.Max(0, length - tile);
    }

    private static float[][] Shares(int length, int tile, int[] starts, TileBlending blending)
    {
        double[] window = [.. Enumerable.Range(0, tile).Select(i => Window(i, tile, blending))];
        var total = new double[length];
        foreach (var start in starts)
        {
            for (var i = 0; i < Math.Min(tile, length); i++) total[start + i] += window[i];
        }

        return [.. starts.Select(start => Enumerable.Range(0, tile).Select(i => i < length ? (float)(window[i] / total[start + i]) : 0).ToArray())];
    }

    // At the centre of each pixel, so that no weight is 0: a pixel at the raster's edge has one tile only.
    private static double Window(int pixel, int tile, TileBlending blending)
    {
        if (blending == TileBlending.Flat) return 1;
        var sine = Math.Sin(Math.PI * (pixel + 0.5) / tile);
        return sine * sine;
    }
}
