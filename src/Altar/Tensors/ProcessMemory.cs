using System.Globalization;

namespace Altar.Tensors;

/// <summary>Resident memory of this process, native memory included.</summary>
public static class ProcessMemory
{
    /// <summary>Bytes now.</summary>
    public static long Now() => Environment.WorkingSet;

    /// <summary>Highest number of bytes so far. Where the system does not tell (other than Linux): the number now.</summary>
    public static long Peak()
    {
        if (!OperatingSystem.IsLinux()) return Now();
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? Now() : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
