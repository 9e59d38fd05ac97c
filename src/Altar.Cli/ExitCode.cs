namespace Altar.Cli;

/// <summary>What the process says when it ends. Other programs rely on the numbers.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Something went wrong that the user did not cause.</summary>
    public const int Failed = 1;

    /// <summary>The command, the recipe or the data cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The time limit was reached; a run can be resumed.</summary>
    public const int TimeLimit = 124;

    /// <summary>SIGINT; a run can be resumed.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM; a run can be resumed.</summary>
    public const int Terminated = 143;
}
