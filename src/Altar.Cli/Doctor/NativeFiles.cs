using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Altar.Cli.Doctor;

/// <summary>Native libraries as files: where they are and what they lack.</summary>
internal static partial class NativeFiles
{
    /// <summary>The path of a library that came with Altar; null where it did not.</summary>
    public static string? Shipped(string name) =>
        new[] { name, $"runtimes/linux-x64/native/{name}" }.Select(place => Path.Combine(AppContext.BaseDirectory, place)).FirstOrDefault(File.Exists);

    /// <summary>The path of a library of the system, by its soname; null where the loader does not find it.</summary>
    public static string? System(string soname)
    {
        var cache = Output("/sbin/ldconfig", "-p");
        var line = cache.Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith(soname + " ", StringComparison.Ordinal));
        return line?.Split("=> ")[^1].Trim();
    }

    /// <summary>Sonames that a library needs, itself or through others, and that the system lacks.</summary>
    public static IReadOnlyList<string> Missing(string path) => [.. NotFound().Matches(Ldd(path)).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>What <c>ldd</c> says of a library.</summary>
    public static string Ldd(string path) => Output("ldd", path);

    /// <summary>What a program prints on both streams; empty where it cannot be started.</summary>
    public static string Output(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output + errors.Result;
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }

    [GeneratedRegex(@"^\s*(\S+) => not found", RegexOptions.Multiline)]
    private static partial Regex NotFound();
}
