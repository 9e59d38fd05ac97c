using System.Collections.Concurrent;

namespace Altar.Inference.Tiles;

/// <summary>Reads tiles on a thread of its own, up to one row of tiles ahead of the network.</summary>
internal sealed class TileReader : IDisposable
{
    private readonly BlockingCollection<TilePixels> _ready;
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;

    public TileReader(ITileSource source, TilePlan plan, int batch, CancellationToken cancel)
    {
        _ready = new BlockingCollection<TilePixels>(Math.Max(plan.Columns.Starts.Count, 2 * batch));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _reading = Task.Factory.StartNew(() => Read(source, plan, _stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The next tiles, row after row from the left.</summary>
    /// <param name="count">How many; there must be as many left.</param>
    /// <exception cref="Images.DamagedPictureException">The raster cannot be decoded there.</exception>
    public List<TilePixels> Take(int count)
    {
        List<TilePixels> tiles = [];
        while (tiles.Count < count)
        {
            if (_ready.TryTake(out var tile, Timeout.Infinite, _stop.Token)) tiles.Add(tile);
            else _reading.GetAwaiter().GetResult();   // throws what ended it
        }

        return tiles;
    }

    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_reading).AsyncWaitHandle.WaitOne();   // its errors were told where tiles were missing
        _stop.Dispose();
        _ready.Dispose();
    }

    private void Read(ITileSource source, TilePlan plan, CancellationToken stop)
    {
        try
        {
            for (var row = 0; row < plan.Rows.Starts.Count; row++)
            {
                for (var column = 0; column < plan.Columns.Starts.Count; column++) _ready.Add(source.Read(column, plan.Box(column, row)), stop);
            }
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }
}
