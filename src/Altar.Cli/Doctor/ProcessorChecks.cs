using System.Runtime.Intrinsics.X86;

namespace Altar.Cli.Doctor;

/// <summary>What the processor can do, and how much of it may be used.</summary>
internal static class ProcessorChecks
{
    public static IEnumerable<Finding> Instructions()
    {
        var found = $"{ProcessorName()}: {string.Join(", ", Sets().Where(set => set.Has).Select(set => set.Name).DefaultIfEmpty("no vector instructions"))}";
        yield return (Avx2.IsSupported, Avx512F.IsSupported && Avx512BW.IsSupported) switch
        {
            (true, true) => Finding.Ok("processor", $"{found}; augmentation and libtorch use 512-bit vectors"),
            (true, false) => Finding.Ok("processor", $"{found}; augmentation and libtorch use 256-bit vectors"),
            _ => Finding.Warning("processor", found, "Without AVX2 augmentation and libtorch take their slow paths.",
                "Use a processor from 2013 on; in a virtual machine, pass the host's processor through."),
        };
    }

    public static IEnumerable<Finding> Threads()
    {
        var usable = Environment.ProcessorCount;
        var limit = Environment.GetEnvironmentVariable("OMP_NUM_THREADS");
        yield return int.TryParse(limit, out var threads) && threads < usable
            ? Finding.Warning("threads", $"{usable} processors, OMP_NUM_THREADS={limit}", $"libtorch computes with {threads} of {usable} threads.", "unset OMP_NUM_THREADS")
            : Finding.Ok("threads", $"{usable} processors for this process");
    }

    private static IEnumerable<(string Name, bool Has)> Sets() =>
    [
        ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AVX-512F", Avx512F.IsSupported), ("AVX-512BW", Avx512BW.IsSupported),
        ("AVX-512VBMI", Avx512Vbmi.IsSupported), ("AMX", ProcessorFlags().Contains("amx_tile")),
    ];

    private static string ProcessorName() => ProcessorLine("model name") ?? "unknown processor";

    private static HashSet<string> ProcessorFlags() => [.. (ProcessorLine("flags") ?? "").Split(' ')];

    private static string? ProcessorLine(string key) => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
