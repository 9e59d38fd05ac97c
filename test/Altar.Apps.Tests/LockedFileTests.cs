using System.Runtime.Versioning;

namespace Altar.Apps.Tests;

/// <summary>What the user may not read or write.</summary>
[SupportedOSPlatform("linux")]
public sealed class LockedFileTests : IDisposable
{
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101;

    private readonly TinySet _set = new();

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("photos/red", "photos: the folder cannot be read: Access to the path '*/photos/red' is denied. Make it readable, or move it out of there.", "photos")]
    [InlineData("list.csv", "list.csv: the manifest cannot be read: Access to the path '*/list.csv' is denied. Make it readable, or name another.", "tiny.yaml", "--set", "data.train=list.csv")]
    [InlineData("tiny.yaml", "tiny.yaml: the recipe cannot be read: Access to the path '*/tiny.yaml' is denied.", "tiny.yaml")]
    [InlineData("locked", "locked/run: the run folder cannot be written: Access to the path '*/locked/run' is denied. Choose another --out.", "tiny.yaml", "--out", "locked/run")]
    public void It_is_named_with_the_cure(string locked, string message, params string[] words)
    {
        Directory.CreateDirectory(_set.At("locked"));
        File.WriteAllText(_set.At("list.csv"), "image,label\n");
        File.SetUnixFileMode(_set.At(""), Open);
        File.SetUnixFileMode(_set.At(locked), UnixFileMode.None);

        var run = CommandRun.ToEnd(CommandRun.Start("env", _set.At(""), [$"HOME={_set.At("")}", .. Unprivileged(), "dotnet", CommandRun.Cli, "train", .. words]));
        File.SetUnixFileMode(_set.At(locked), Open);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(message.Replace("*", _set.At(""), StringComparison.Ordinal) + "\n", run.Errors);
    }

    // Root may read everything, and therefore becomes somebody else.
    private static string[] Unprivileged()
    {
        if (Environment.UserName != "root") return [];
        string[] nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        var check = CommandRun.ToEnd(CommandRun.Start("env", "/", [.. nobody, "test", "-r", CommandRun.Cli]));
        if (check.ExitCode != 0) Assert.Skip($"The tests run as root, and another user cannot read {CommandRun.Cli}.");
        return nobody;
    }
}
