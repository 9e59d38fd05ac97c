using System.Runtime.InteropServices;

namespace Altar.Cli;

/// <summary>Turns SIGINT, SIGTERM and the time limit into a cancellation, and remembers which it was. A second signal ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    // SIGXFSZ, which PosixSignal does not name: without its kill, the write fails with an error that names the file.
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _limit;
    private int _code;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, ExitCode.Terminated)),
        PosixSignalRegistration.Create(FileSizeLimit, context => context.Cancel = true),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>130, 143 or 124; 0 while nothing interrupted.</summary>
    public int Code => _code;

    /// <summary>Interrupts after some time.</summary>
    public void LimitTo(TimeSpan time) => _limit = new Timer(_ => Interrupt(ExitCode.TimeLimit), null, time, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _limit?.Dispose();
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int code) => context.Cancel = Interrupt(code);

    private bool Interrupt(int code)
    {
        var isFirst = Interlocked.CompareExchange(ref _code, code, 0) == 0;
        if (isFirst) _source.Cancel();
        return isFirst;
    }
}
