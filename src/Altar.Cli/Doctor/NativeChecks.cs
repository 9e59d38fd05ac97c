using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;
using SkiaSharp;
using TorchSharp;

namespace Altar.Cli.Doctor;

/// <summary>Whether the native libraries load and do their work. None of it is touched before the loader was asked, so that a missing one is a finding.</summary>
internal static class NativeChecks
{
    public static IEnumerable<Finding> LibTorch() =>
        [Check("libtorch", "libLibTorchSharp.so", "TorchSharp-cpu", () => $"{TorchVersion()}; a sum on the CPU is right")];

    public static IEnumerable<Finding> OpenCv() =>
        [Check("opencv", "libOpenCvSharpExtern.so", "OpenCvSharp4.official.runtime.linux-x64", () => $"{OpenCvVersion()}; a picture is written and read")];

    public static IEnumerable<Finding> Usearch() =>
        [Check("usearch", "libusearch_c.so", "Cloud.Unum.USearch", () => $"USearch {Altar.Search.GraphLibrary.Version()}")];

    public static IEnumerable<Finding> Fonts()
    {
        if (OperatingSystem.IsLinux() && NativeFiles.Shipped("libSkiaSharp.so") is null)
        {
            yield return Absent("fonts", "libSkiaSharp.so", "SkiaSharp.NativeAssets.Linux.NoDependencies");
            yield break;
        }

        yield return RendersText(out var family)
            ? Finding.Ok("fonts", $"{family} draws text")
            : Finding.Warning("fonts", "no font that draws text", "Class names in letters that the reports' own font lacks would be empty boxes.", "sudo apt-get install -y fonts-dejavu-core");
    }

    private static Finding Check(string name, string file, string package, Func<string> use)
    {
        if (OperatingSystem.IsLinux())
        {
            if (NativeFiles.Shipped(file) is not { } path)
                return Absent(name, file, package);
            if (NativeFiles.Missing(path) is { Count: > 0 } missing)
                return Finding.Failed(name, path, $"{file} needs {string.Join(", ", missing)}, which this machine lacks.", PackageNames.InstallLine(missing));
        }

        try
        {
            return Finding.Ok(name, use());
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or NotSupportedException or ExternalException or EntryPointNotFoundException)
        {
            return Finding.Failed(name, "does not work", Innermost(error).Message.Split('\n')[0], "Delete the bin and obj folders and start ./altar again; the check 'libstdc++' names another cause.");
        }
    }

    private static Finding Absent(string name, string file, string package) =>
        Finding.Failed(name, $"{file} is not beside the program", $"The package {package} did not reach the output folder.", "Delete the bin and obj folders and start ./altar again.");

    private static Exception Innermost(Exception error) => error.InnerException is null ? error : Innermost(error.InnerException);

    // Not inlined: the runtime resolves a method's types when it compiles it, and here only after the loader was asked.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string TorchVersion()
    {
        using var scope = torch.NewDisposeScope();
        var sum = torch.ones(3, 4).sum().item<float>();   // [3, 4] -> 12
        return sum == 12 ? $"libtorch {torch.__version__}" : throw new NotSupportedException($"libtorch sums twelve ones to {sum}.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string OpenCvVersion()
    {
        using var picture = new Mat(8, 8, MatType.CV_8UC3, OpenCvSharp.Scalar.White);
        using var read = Cv2.ImDecode(picture.ToBytes(".png"), ImreadModes.Color);
        return read.Width == 8 ? $"OpenCV {Cv2.GetVersionString()}" : throw new NotSupportedException("OpenCV did not read the PNG that it wrote.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RendersText(out string family)
    {
        using var font = new SKFont(SKTypeface.Default, 24);
        using var bitmap = new SKBitmap(32, 32);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.Black };
        canvas.Clear(SKColors.White);
        canvas.DrawText("A", 4, 28, font, paint);
        family = font.Typeface.FamilyName;
        return bitmap.Pixels.Any(pixel => pixel != SKColors.White);
    }
}
