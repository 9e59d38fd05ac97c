using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Altar.Cli.Doctor;

/// <summary>What everything stands on: .NET, the platform, and the C++ library.</summary>
internal static partial class SystemChecks
{
    private const string NeedOfLibTorch = "3.4.32";

    public static IEnumerable<Finding> DotNet() => [Finding.Ok(".net", RuntimeInformation.FrameworkDescription)];

    public static IEnumerable<Finding> Platform()
    {
        var found = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, glibc {GlibcVersion() ?? "absent"}";
        yield return OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? Finding.Ok("platform", found)
            : Finding.Warning("platform", found, "Only Linux on x64 is supported and tested.", "README.md, 'Platforms', says what is missing elsewhere.");
    }

    /// <summary>Whether libLibTorchSharp.so and the machine's libstdc++ go together.</summary>
    public static IEnumerable<Finding> StandardLibrary()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        if (NativeFiles.System("libstdc++.so.6") is not { } path)
        {
            yield return Finding.Failed("libstdc++", "absent", "libtorch is written in C++ and needs libstdc++.so.6.", PackageNames.InstallLine(["libstdc++.so.6"]));
            yield break;
        }

        var newest = NewestGlibcxx(path);
        var found = $"{path}, up to GLIBCXX_{newest}";
        var isNewEnough = newest >= Version.Parse(NeedOfLibTorch);
        var isWeakened = NativeFiles.Shipped("libLibTorchSharp.so") is { } library && IsWeakened(library);
        yield return (isNewEnough, isWeakened) switch
        {
            (true, _) => Finding.Ok("libstdc++", found),
            (false, true) => Finding.Ok("libstdc++", $"{found}; libLibTorchSharp.so asks for {NeedOfLibTorch} only weakly, as the build left it"),
            _ => Finding.Failed("libstdc++", found, $"libLibTorchSharp.so insists on GLIBCXX_{NeedOfLibTorch} and will not load.",
                "Build again with ./altar, or make the program's folder writable: NativeLibraries.Prepare() repairs the file at the start."),
        };
    }

    private static string? GlibcVersion()
    {
        try
        {
            return Marshal.PtrToStringUTF8(gnu_get_libc_version());
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static Version NewestGlibcxx(string path) =>
        GlibcxxName().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(path)))
            .Select(match => Version.Parse(match.Groups[1].ValueSpan)).DefaultIfEmpty(new Version(0, 0)).Max()!;

    private static bool IsWeakened(string library) => NativeFiles.Ldd(library).Contains($"weak version `GLIBCXX_{NeedOfLibTorch}'", StringComparison.Ordinal);

    [GeneratedRegex(@"GLIBCXX_(\d+\.\d+(?:\.\d+)?)\0")]
    private static partial Regex GlibcxxName();

    [LibraryImport("libc")]
    private static partial nint gnu_get_libc_version();
}
