using System.Runtime.ExceptionServices;

namespace Altar.Batching;

/// <summary>Threads that fill the batches of a plan, a few ahead of the one who asks.</summary>
/// <remarks>
/// The threads share the samples of the oldest unfinished batch: the first batch of an epoch is ready as soon as can be, and
/// only a few batches are ever in memory. A batch that is never given back costs memory, not a standstill: another is allocated.
/// </remarks>
internal sealed class BatchPipeline : IDisposable
{
    private readonly object _gate = new();
    private readonly IBatchWork _work;
    private readonly BatchOptions _options;
    private readonly IEnumerator<PlannedBatch> _planned;
    private readonly Queue<BatchInWork> _window = new();
    private readonly Stack<Staging> _spare = new();
    private readonly Thread[] _threads;
    private BatchInWork? _open;
    private int _lastEpoch;
    private bool _stopped;
    private ExceptionDispatchInfo? _error;

    public BatchPipeline(IBatchWork work, BatchOptions options, int epoch, int firstBatch, int lastEpoch)
    {
        (_work, _options, _lastEpoch) = (work, options, lastEpoch);
        _planned = work.From(epoch, firstBatch).GetEnumerator();
        _planned.MoveNext();
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true, Name = "batches" })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>Lets the threads go on to the batches of <paramref name="epoch"/>.</summary>
    public void AllowUpTo(int epoch)
    {
        lock (_gate)
        {
            _lastEpoch = Math.Max(_lastEpoch, epoch);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the next batch of the plan. An error of any thread is thrown here at once, also where batches are ready.</summary>
    public BatchInWork Next(CancellationToken cancel)
    {
        using var wake = cancel.Register(Wake);
        lock (_gate)
        {
            while (true)
            {
                _error?.Throw();
                cancel.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_stopped, this);
                if (_window.TryPeek(out var batch) && batch.IsReady) break;
                Monitor.Wait(_gate);
            }

            Monitor.PulseAll(_gate);
            return _window.Dequeue();
        }
    }

    /// <summary>Takes the memory of a used batch back.</summary>
    public void Return(Staging staging)
    {
        lock (_gate)
        {
            if (_stopped || _spare.Count > _options.Ahead) staging.Dispose();
            else _spare.Push(staging);
        }
    }

    /// <summary>Stops the threads, each after the sample at hand, and frees the memory that nobody uses.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped) return;
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        _work.Leave();
        foreach (var thread in _threads) thread.Join();
        foreach (var staging in _window.Select(batch => batch.Staging).Concat(_spare)) staging.Dispose();
        _planned.Dispose();
    }

    private void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void Work()
    {
        try
        {
            while (Take() is var (batch, position)) Fill(batch, position);
        }
        catch (Exception error)   // Whatever it is, the one who waits for the batch must see it.
        {
            lock (_gate)
            {
                _error ??= ExceptionDispatchInfo.Capture(error);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private (BatchInWork Batch, int Position)? Take()
    {
        lock (_gate)
        {
            while (!_stopped && _error is null)
            {
                if (Open() is { } batch) return (batch, batch.HandOut());
                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    private BatchInWork? Open()
    {
        if (_open is { HasMoreToHandOut: true }) return _open;
        if (_window.Count >= _options.Ahead || _planned.Current.Epoch > _lastEpoch) return null;

        var staging = _spare.TryPop(out var spare) ? spare : _work.Allocate();
        _work.Open(_planned.Current, staging);
        _open = new BatchInWork(_planned.Current, staging);
        _window.Enqueue(_open);
        _planned.MoveNext();
        return _open;
    }

    private void Fill(BatchInWork batch, int position)
    {
        var isFilled = _work.TryFill(batch.Plan, position, batch.Staging);
        bool isLast;
        lock (_gate) isLast = batch.Report(position, isFilled);
        if (!isLast) return;

        batch.Close();
        lock (_gate)
        {
            batch.IsReady = true;
            Monitor.PulseAll(_gate);
        }
    }
}
