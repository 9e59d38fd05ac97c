using Altar.Images;

namespace Altar.Inference.Tiles;

/// <summary>One way over a raster: tiles are read, judged, blended, and finished rows handed on.</summary>
internal sealed class RasterPass(RasterModel model, RasterOptions options)
{
    /// <summary>Runs it.</summary>
    /// <param name="source">The tiles.</param>
    /// <param name="take">Takes finished rows with the class of each pixel, from top to bottom.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <returns>Pixels of each class.</returns>
    public long[] Run(ITileSource source, Action<BlendedRows, byte[]> take, CancellationToken cancel)
    {
        var plan = TilePlan.Cover(source.Size, options.Tiles, model.Scale == NetworkScale.One ? model.Stride : 1);
        var blender = new TileBlender(plan, model.Classes.Count);
        var pixels = new long[model.Classes.Count];
        using var network = new TileNetwork(model, options.Views);
        using var reader = new TileReader(source, plan, options.Batch, cancel);
        for (var row = 0; row < plan.Rows.Starts.Count; row++)
        {
            AddRow(row, plan, blender, network, reader, cancel);
            var rows = blender.Finish();
            var labels = OutputRows.Labels(rows, options.Threshold ?? model.Threshold);
            foreach (var label in labels)
            {
                if (label < pixels.Length) pixels[label]++;
            }

            take(rows, labels);
        }

        return pixels;
    }

    private void AddRow(int row, TilePlan plan, TileBlender blender, TileNetwork network, TileReader reader, CancellationToken cancel)
    {
        var values = checked((int)plan.Tile.Area * model.Classes.Count);
        for (var left = plan.Columns.Starts.Count; left > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            var tiles = reader.Take(Math.Min(left, options.Batch));
            var judged = network.Judge(tiles, new PixelSize(plan.Tile.Width, plan.Tile.Height));
            for (var i = 0; i < tiles.Count; i++) blender.Add(tiles[i].Column, row, judged.Slice(i * values, values));
            left -= tiles.Count;
        }
    }
}
