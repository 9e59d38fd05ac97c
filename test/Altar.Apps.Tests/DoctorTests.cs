namespace Altar.Apps.Tests;

public sealed class DoctorTests
{
    [Fact]
    public void The_doctor_reports_every_check_as_one_object()
    {
        var run = CommandRun.Of("doctor", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Output.TrimEnd('\n').Split('\n'));
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        var names = run.Json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString());
        Assert.Superset(new HashSet<string?> { ".net", "libstdc++", "libtorch", "opencv", "usearch", "fonts", "processor", "threads", "gpu", "memory", "disk (here)", "weights" }, names.ToHashSet());
    }

    [Fact]
    public void A_missing_native_library_is_a_finding_with_its_cure()
    {
        using var folder = new TemporaryFolder();
        var program = CopyWithoutNativeLibraries(folder.Path);

        var run = CommandRun.ToEnd(CommandRun.Start("dotnet", folder.Path, program, "doctor", "--json"));

        Assert.Equal(1, run.ExitCode);
        var failed = run.Json.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("status").GetString() == "failed").ToList();
        Assert.Equal(["libtorch", "opencv", "usearch", "fonts"], failed.Select(check => check.GetProperty("name").GetString()).Except(["libstdc++"]));
        Assert.All(failed, check => Assert.NotEmpty(check.GetProperty("cure").GetString()!));
    }

    private static string CopyWithoutNativeLibraries(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => !file.EndsWith(".so", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return Path.Combine(folder, "Altar.Cli.dll");
    }
}
