using System.Numerics;
using System.Runtime.InteropServices;

namespace Altar.Inference.Tiles;

/// <summary>Adds overlapping tiles up into rows without seams. Holds the rows of one row of tiles, whatever the raster's height.</summary>
/// <param name="plan">The tiles and their weights.</param>
/// <param name="classes">Values of each pixel, at least 1.</param>
public sealed class TileBlender(TilePlan plan, int classes)
{
    private readonly int _width = plan.Columns.Length, _height = Math.Min(plan.Rows.Tile, plan.Rows.Length);
    private readonly float[] _sums = new float[checked(classes * Math.Min(plan.Rows.Tile, plan.Rows.Length) * plan.Columns.Length)];   // class, row, column
    private int _row;

    /// <summary>Adds a tile.</summary>
    /// <param name="column">Its place from the left.</param>
    /// <param name="row">Its row of tiles; rows come from top to bottom, each closed by <see cref="Finish"/>.</param>
    /// <param name="values">Class after class, row after row of the tile.</param>
    public void Add(int column, int row, ReadOnlySpan<float> values)
    {
        var tile = plan.Tile;
        if (row != _row) throw new InvalidOperationException($"Row of tiles {_row} is in work, but a tile of row {row} came.");
        if (values.Length != classes * tile.Area) throw new ArgumentException($"{values.Length} values are not {classes} classes of {tile.Width} by {tile.Height} pixels.", nameof(values));
        var across = plan.Columns.Weights(column);
        var down = plan.Rows.Weights(row);
        var (start, width) = (plan.Columns.Starts[column], Math.Min(tile.Width, _width));
        for (var of = 0; of < classes; of++)
        {
            for (var y = 0; y < _height; y++)
            {
                var from = values.Slice(((of * tile.Height) + y) * tile.Width, width);
                AddWeighted(_sums.AsSpan((((of * _height) + y) * _width) + start, width), from, across, down[y]);
            }
        }
    }

    /// <summary>Closes a row of tiles.</summary>
    /// <returns>The rows of pixels that no later tile reaches.</returns>
    public BlendedRows Finish()
    {
        var (from, to) = plan.FinalRows(_row++);
        var (count, plane) = (to - from, _height * _width);
        var final = new float[classes * count * _width];
        for (var of = 0; of < classes; of++)
        {
            var sums = _sums.AsSpan(of * plane, plane);
            sums[..(count * _width)].CopyTo(final.AsSpan(of * count * _width));
            sums[(count * _width)..].CopyTo(sums);
            sums[(plane - (count * _width))..].Clear();
        }

        return new BlendedRows(from, count, _width, final);
    }

    private static void AddWeighted(Span<float> sums, ReadOnlySpan<float> values, ReadOnlySpan<float> across, float down)
    {
        var wideSums = MemoryMarshal.Cast<float, Vector<float>>(sums);
        var wideValues = MemoryMarshal.Cast<float, Vector<float>>(values);
        var wideAcross = MemoryMarshal.Cast<float, Vector<float>>(across);
        for (var i = 0; i < wideSums.Length; i++) wideSums[i] += wideValues[i] * wideAcross[i] * down;
        for (var i = wideSums.Length * Vector<float>.Count; i < sums.Length; i++) sums[i] += values[i] * across[i] * down;
    }
}
