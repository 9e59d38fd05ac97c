using System.Runtime.InteropServices;

namespace Altar.Tensors;

/// <summary>Makes the native libraries ready: once, before the first tensor.</summary>
public static partial class NativeLibraries
{
    private static readonly Lazy<bool> Prepared = new(() => { WeakenLibTorchSharp(); TuneAllocator(); return true; });

    /// <summary>Repairs libLibTorchSharp.so where the build did not, and sets the allocator for training. Call it first in a program; calling it again does nothing.</summary>
    /// <remarks>
    /// glibc hands large activations back to the kernel at every step and pays for fresh pages, most of all in light networks.
    /// bench/Altar.Benchmarks measures it: <c>-- step mobilenet_v2</c> against <c>-- step-untuned mobilenet_v2</c>.
    /// </remarks>
    public static void Prepare() => _ = Prepared.Value;

    private static void WeakenLibTorchSharp()
    {
        if (!OperatingSystem.IsLinux()) return;
        string[] places = ["libLibTorchSharp.so", "runtimes/linux-x64/native/libLibTorchSharp.so"];
        foreach (var path in places.Select(place => Path.Combine(AppContext.BaseDirectory, place)).Where(File.Exists))
        {
            var library = File.ReadAllBytes(path);
            if (!ElfVersionNeed.Weaken(library, "GLIBCXX_3.4.32")) continue;
            try
            {
                var temporary = $"{path}.{Environment.ProcessId}";
                File.WriteAllBytes(temporary, library);
                File.Move(temporary, path, overwrite: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Harmless where the system's libstdc++ is new enough; elsewhere TorchSharp fails, and `altar doctor` names the cure.
            }
        }
    }

    private static void TuneAllocator()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = mallopt(MmapMaximum, 0);
            _ = mallopt(TrimThreshold, int.MaxValue);
            _ = mallopt(TopPad, 256 << 20);
            _ = mallopt(ArenaMaximum, 1);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no mallopt: slower, not wrong.
        }
    }

    // malloc.h
    private const int TrimThreshold = -1, TopPad = -2, MmapMaximum = -4, ArenaMaximum = -8;

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
