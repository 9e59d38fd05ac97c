using System.Runtime.ExceptionServices;
using Altar.Datasets.Shards;

namespace Altar.Batching;

/// <summary>A thread that reads shards from front to back, as far as the opened batches need, and holds what they have not taken yet.</summary>
/// <remarks>It holds at most the shuffling buffer and the batches in work: what is delivered earlier was read earlier.</remarks>
internal sealed class ShardWindow : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<(int Epoch, int Step), ShardSample> _held = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<ShardPart> _parts;
    private readonly Thread _thread;
    private (int Epoch, int Through) _allowed;
    private ExceptionDispatchInfo? _error;

    /// <param name="parts">The sets.</param>
    /// <param name="order">What to read, over all epochs to come.</param>
    public ShardWindow(IReadOnlyList<ShardPart> parts, IEnumerable<(int Epoch, ShardStep Step)> order)
    {
        _parts = parts;
        _allowed = (int.MinValue, 0);
        _thread = new Thread(() => Work(order)) { IsBackground = true, Name = "shards" };
        _thread.Start();
    }

    /// <summary>Lets the thread read the first <paramref name="through"/> samples of an epoch.</summary>
    public void Allow(int epoch, int through)
    {
        lock (_gate)
        {
            _allowed = (epoch, through);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for a sample; it is held no longer.</summary>
    /// <returns>Null where the window was stopped.</returns>
    public ShardSample? Take(int epoch, int step)
    {
        lock (_gate)
        {
            while (true)
            {
                if (_held.Remove((epoch, step), out var sample)) return sample;
                _error?.Throw();
                if (_stop.IsCancellationRequested) return null;
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Ends the reading, also in the middle of a wait for a server.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stop.Cancel();
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void Work(IEnumerable<(int Epoch, ShardStep Step)> order)
    {
        var lanes = new Lane[_parts.Count];
        try
        {
            foreach (var (epoch, step) in order)
            {
                if (!WaitFor(epoch, step.Step)) return;
                ref var lane = ref lanes[step.Set];
                lane = lane.At(step, _parts[step.Set].Set, _stop.Token);
                var sample = lane.Reader!.Read(step.Position);
                lock (_gate)
                {
                    _held.Add((epoch, step.Step), sample);
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception error)   // Whatever it is, the one who waits for the sample must see it.
        {
            lock (_gate)
            {
                _error = ExceptionDispatchInfo.Capture(error);
                Monitor.PulseAll(_gate);
            }
        }
        finally
        {
            foreach (var lane in lanes) lane.Reader?.Dispose();
        }
    }

    private bool WaitFor(int epoch, int step)
    {
        lock (_gate)
        {
            while (!_stop.IsCancellationRequested && (epoch, step).CompareTo(_allowed) >= 0) Monitor.Wait(_gate);
            return !_stop.IsCancellationRequested;
        }
    }

    // The shard of a set that is open at the moment.
    private readonly record struct Lane(ShardReader? Reader, int Shard, long Round)
    {
        public Lane At(ShardStep step, ShardSet set, CancellationToken cancel)
        {
            if (Reader is not null && (Shard, Round) == (step.Shard, step.Round)) return this;
            Reader?.Dispose();
            return new Lane(set.Reader(step.Shard, cancel), step.Shard, step.Round);
        }
    }
}
