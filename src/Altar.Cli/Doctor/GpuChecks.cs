using System.Runtime.CompilerServices;
using TorchSharp;

namespace Altar.Cli.Doctor;

/// <summary>Whether there is an NVIDIA GPU, and whether libtorch sees it.</summary>
internal static class GpuChecks
{
    private const string Name = "gpu";

    public static IEnumerable<Finding> Gpu()
    {
        var cards = NativeFiles.Output("nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hasDevice = File.Exists("/dev/nvidiactl");
        yield return (cards, hasDevice, SeesCuda()) switch
        {
            (_, _, true) => Finding.Ok(Name, cards.Length > 0 ? string.Join("; ", cards) : "CUDA is available"),
            ([], false, _) => Finding.Ok(Name, "none; training runs on the CPU"),
            ([], true, _) => Finding.Warning(Name, "an NVIDIA device without nvidia-smi", "The driver's programs are not there, so the driver may be broken.", "Install the NVIDIA driver of your distribution (Debian: nvidia-driver)."),
            _ => Finding.Warning(Name, string.Join("; ", cards), "This build brings the CPU's libtorch, so the GPU stays idle.",
                "In src/Altar.Cli/Altar.Cli.csproj reference TorchSharp-cuda-linux instead of TorchSharp-cpu, with the same version in Directory.Packages.props."),
        };
    }

    private static bool SeesCuda()
    {
        try
        {
            return CudaIsAvailable();
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or NotSupportedException)
        {
            return false;   // the check of libtorch says why
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool CudaIsAvailable() => torch.cuda.is_available();
}
