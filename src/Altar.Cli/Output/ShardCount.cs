using Altar.Datasets.Shards;

namespace Altar.Cli.Output;

/// <summary>A line that counts pictures while they are written into shards; only on a terminal.</summary>
internal sealed class ShardCount(Screen screen, TimeProvider time) : IProgress<ShardProgress>, IProgress<int>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);
    private readonly long _start = time.GetTimestamp();
    private long _shown;
    private int _before = -1;

    public void Report(ShardProgress value)
    {
        if (_before < 0) _before = Math.Max(0, value.Samples - 1);   // what an earlier start had written tells nothing of the rate
        if (!IsDue()) return;
        var rate = (value.Samples - _before) / time.GetElapsedTime(_start).TotalSeconds;
        screen.Raw($"{Screen.EraseLine}{value.Samples} of {value.Of} pictures, {ByteCount.Text(value.Bytes)}, {Text.Speed(rate)} a second, {Text.Time((value.Of - value.Samples) / rate)} left");
    }

    public void Report(int value)
    {
        if (IsDue()) screen.Raw($"{Screen.EraseLine}{value} shards read, {Text.Time(time.GetElapsedTime(_start))}");
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_shown != 0) screen.Raw(Screen.EraseLine);
        _shown = 0;
    }

    private bool IsDue()
    {
        if (!screen.IsTerminal || (_shown != 0 && time.GetElapsedTime(_shown) < Pause)) return false;
        _shown = time.GetTimestamp();
        return true;
    }
}
