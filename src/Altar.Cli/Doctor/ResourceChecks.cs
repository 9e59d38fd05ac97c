using System.Globalization;
using Altar.Networks.Weights;

namespace Altar.Cli.Doctor;

/// <summary>Memory and disk.</summary>
internal static class ResourceChecks
{
    private const double GiB = 1 << 30;
    private const double LittleMemory = 3, LittleDisk = 2;   // GiB; MobileNetV2 at batch 32 fits, checkpoints and generated pictures fit

    public static IEnumerable<Finding> Memory()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / GiB;   // honours the limit of a container
        var free = Math.Min(limit, AvailableGiB() ?? limit);
        var found = string.Create(CultureInfo.InvariantCulture, $"{free:0.0} of {limit:0.0} GiB free");
        yield return free < LittleMemory
            ? Finding.Warning("memory", found, "Training at 224 pixels with batches of 32 may not fit.", "Close other programs, or train with --set stages.0.batch=8 (every stage has its own).")
            : Finding.Ok("memory", found);
    }

    public static IEnumerable<Finding> Disk() => [Disk("disk (here)", Environment.CurrentDirectory, "name another folder with --out")];

    /// <summary>Where published weights are kept, and what is there.</summary>
    public static IEnumerable<Finding> Weights()
    {
        var folder = new WeightCache().Folder;
        var files = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [];
        var finding = Disk("weights", folder, "name another folder with ALTAR_CACHE");
        yield return finding with { Found = string.Create(CultureInfo.InvariantCulture, $"{finding.Found}, {files.Length} files of {files.Sum(file => file.Length) / GiB:0.0} GiB") };
    }

    // Whether a folder, or the nearest one above it that exists, can be written and has room.
    private static Finding Disk(string name, string folder, string elsewhere)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing)!;
        var free = new DriveInfo(existing).AvailableFreeSpace / GiB;
        var found = string.Create(CultureInfo.InvariantCulture, $"{folder}: {free:0.0} GiB free");
        if (!IsWritable(existing)) return Finding.Warning(name, found, "Files cannot be written there.", $"Change its owner, or {elsewhere}.");
        return free < LittleDisk
            ? Finding.Warning(name, found, "Checkpoints or weights of a large network may not fit.", $"Make room, or {elsewhere}.")
            : Finding.Ok(name, found);
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, $".altar-doctor-{Environment.ProcessId}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static double? AvailableGiB()
    {
        if (!File.Exists("/proc/meminfo")) return null;
        var line = File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / GiB;
    }
}
