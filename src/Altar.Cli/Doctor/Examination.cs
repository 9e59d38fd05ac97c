namespace Altar.Cli.Doctor;

/// <summary>All checks, in the order in which one depends on another.</summary>
internal static class Examination
{
    private static readonly Func<IEnumerable<Finding>>[] Checks =
    [
        SystemChecks.DotNet, SystemChecks.Platform, SystemChecks.StandardLibrary,
        NativeChecks.LibTorch, NativeChecks.OpenCv, NativeChecks.Usearch, NativeChecks.Fonts,
        ProcessorChecks.Instructions, ProcessorChecks.Threads, GpuChecks.Gpu,
        ResourceChecks.Memory, ResourceChecks.Disk, ResourceChecks.Weights,
    ];

    public static IReadOnlyList<Finding> Run() => [.. Checks.SelectMany(Guarded)];

    // A doctor that falls ill himself still reports the rest.
    private static IEnumerable<Finding> Guarded(Func<IEnumerable<Finding>> check)
    {
        try
        {
            return [.. check()];
        }
#pragma warning disable CA1031 // Whatever a check throws is its finding.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return [Finding.Failed(check.Method.Name, "could not be checked", $"{error.GetType().Name}: {error.Message}", "Please report this with the output of 'altar doctor --json'.")];
        }
    }
}
