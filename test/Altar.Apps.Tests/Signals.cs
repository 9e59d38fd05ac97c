using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Altar.Apps.Tests;

/// <summary>What a terminal (Ctrl-C), a scheduler, or the kernel sends.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    public static void Send(this Process process, int signal)
    {
        if (Send(process.Id, signal) != 0) throw new InvalidOperationException($"process {process.Id} did not take signal {signal}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
