namespace Altar.Cli.Output;

/// <summary>A line that counts pictures while they are judged; only on a terminal.</summary>
internal sealed class PictureCount(Screen screen, int total, TimeProvider time, string noun = "pictures") : IProgress<int>, IDisposable
{
    private readonly long _start = time.GetTimestamp();
    private bool _isShown;

    public void Report(int value)
    {
        if (!screen.IsTerminal) return;
        var perSecond = value / time.GetElapsedTime(_start).TotalSeconds;
        screen.Raw($"{Screen.EraseLine}{value} of {total} {noun}, {Text.Speed(perSecond)} a second, {Text.Time((total - value) / perSecond)} left");
        _isShown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_isShown) screen.Raw(Screen.EraseLine);
        _isShown = false;
    }
}
