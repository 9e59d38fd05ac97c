using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Altar.Reports;

/// <summary>Something about the machine or the program that made a result.</summary>
/// <param name="Name">What.</param>
/// <param name="Value">Its value.</param>
public sealed record EnvironmentFact(string Name, string Value);

/// <summary>What made a result: without it a time or a number in the last digit cannot be compared.</summary>
public static class RunEnvironment
{
    /// <summary>Versions, processor and system; with a device and its threads where they are given.</summary>
    /// <param name="device">Where the run computed, e.g. cpu or cuda:0.</param>
    /// <param name="threads">Threads of the network's arithmetic.</param>
    public static IReadOnlyList<EnvironmentFact> Describe(string? device = null, int? threads = null)
    {
        List<EnvironmentFact> facts = [];
        if (device is not null) facts.Add(new("device", device));
        if (threads is not null) facts.Add(new("threads", ReportNumbers.Text($"{threads}")));
        return
        [
            .. facts,
            new("processor", ReportNumbers.Text($"{Processor()}, {Environment.ProcessorCount} logical cores, {Vectors()}")),
            new("memory", ReportNumbers.Text($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0:0.0} GiB")),
            new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
            new(".NET", Environment.Version.ToString()),
            new("Altar", Version(typeof(RunEnvironment))),
            new("TorchSharp", Version(typeof(TorchSharp.torch))),
            new("OpenCvSharp", Version(typeof(OpenCvSharp.Mat))),
        ];
    }

    private static string Processor()
    {
        const string Cpus = "/proc/cpuinfo";
        var model = File.Exists(Cpus) ? File.ReadLines(Cpus).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return model?.Split(':', 2)[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Vectors() => Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2";

    // Without the commit behind the plus sign.
    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
