namespace Altar.Apps.Tests;

/// <summary>Two processes and one run folder.</summary>
public sealed class RunLockTests : IDisposable
{
    private readonly TinySet _set = new(perClass: 16);

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_second_is_refused_while_the_first_trains(bool resumes)
    {
        using var first = CommandRun.Start("dotnet", _set.At(""), CommandRun.Cli, "train", _set.Recipe, "--out", "run", "--set", "stages.1.epochs=100000");
        while (first.StandardOutput.ReadLine() is { } line && !line.StartsWith("stage 2:", StringComparison.Ordinal))
        {
        }

        var second = CommandRun.In(_set.At(""), ["train", _set.Recipe, "--out", "run", "--set", "stages.1.epochs=100000", .. resumes ? ["--resume"] : Array.Empty<string>()]);
        first.Send(Signals.Terminate);
        var ended = CommandRun.ToEnd(first);

        Assert.Equal(2, second.ExitCode);
        Assert.Matches(resumes ? @"^run: process \d+ on .*, since .*Z works in this run folder; wait for its end, end it, or choose another --out\.\n$" : "^run: the folder is not empty; ", second.Errors);
        Assert.Equal(143, ended.ExitCode);
        Assert.False(File.Exists(_set.At("run/run.lock")));
    }
}
