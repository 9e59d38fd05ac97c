namespace Altar.Tests.Datasets.Shards.Stores;

/// <summary>A clock that fires short waits at once and notes them; waits of <see cref="Silence"/> and more never end.</summary>
internal sealed class InstantTime(TimeSpan? silence = null) : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    /// <summary>Waits that are not fired, such as the watch over a silent server; null fires all.</summary>
    public TimeSpan? Silence { get; } = silence;

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_waits) return [.. _waits];
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isWatch = dueTime == Timeout.InfiniteTimeSpan || dueTime >= (Silence ?? TimeSpan.MaxValue);
        if (!isWatch) lock (_waits) _waits.Add(dueTime);
        return System.CreateTimer(callback, state, isWatch ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
