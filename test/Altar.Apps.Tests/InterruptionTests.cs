using System.Security.Cryptography;

namespace Altar.Apps.Tests;

/// <summary>Runs that are ended from outside, and go on.</summary>
public sealed class InterruptionTests(WholeRun whole) : IClassFixture<WholeRun>
{
    [Fact]
    public void A_run_that_is_ended_in_every_stage_has_the_weights_of_one_that_was_not()
    {
        AssertEnds("stage 1:", Signals.Interrupt, exitCode: 130, stage: 1);
        AssertEnds("stage 2:", Signals.Interrupt, exitCode: 130, stage: 2);
        AssertEnds("stage 3:", Signals.Terminate, exitCode: 143, stage: 3);
        AssertEnds("stage 3:", Signals.Kill, exitCode: 137, stage: 3);
        var last = Train("parts", "--resume");

        Assert.Equal(0, last.ExitCode);
        Assert.Equal(whole.Weights("whole"), whole.Weights("parts"));
        Assert.Equal(1 + WholeRun.Epochs, File.ReadLines(whole.At("parts/metrics.csv")).Count());
    }

    [Fact]
    public void An_interrupted_run_says_how_it_goes_on()
    {
        using var process = whole.Start("said", "--json");
        ReadUntil(process.StandardError, "stage 1:");
        process.Send(Signals.Interrupt);

        var run = CommandRun.ToEnd(process);

        Assert.Equal(130, run.ExitCode);
        Assert.True(run.Json.GetProperty("interrupted").GetBoolean());
        Assert.Contains("Stopped before the end. To go on: altar train said/recipe.yaml --out said --resume", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_interruption_ends_a_program_that_does_not_stop()
    {
        Assert.Equal(0, CommandRun.ToEnd(CommandRun.Start("mkfifo", whole.Folder, "endless.csv")).ExitCode);
        using var process = whole.Start("stuck", "--set", "data.train=endless.csv");
        using var pipe = new FileStream(whole.At("endless.csv"), FileMode.Open, FileAccess.Write);   // waits until the program reads it

        process.Send(Signals.Interrupt);
        var stopped = process.WaitForExit(500);
        process.Send(Signals.Interrupt);
        process.WaitForExit();

        Assert.False(stopped);
        Assert.Equal(130, process.ExitCode);
        Assert.False(Directory.Exists(whole.At("stuck")));
    }

    [Fact]
    public void A_full_disk_leaves_the_earlier_checkpoint_and_the_run_goes_on_with_more_space()
    {
        Interrupt("full", "stage 2:", Signals.Interrupt);
        var before = Files("full/checkpoints");

        var run = ResumeLimited("full", kibibytes: 600);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^File too large : '.*/full/checkpoints/.*model.safetensors.*'. The run stops here; what it saved before is whole. Make room, then go on: altar train full/recipe.yaml --out full --resume\n$", run.Errors);
        Assert.Equal(before, Files("full/checkpoints"));
        Assert.Equal(0, Train("full", "--resume").ExitCode);
        Assert.Equal(whole.Weights("whole"), whole.Weights("full"));
    }

    private void AssertEnds(string line, int signal, int exitCode, int stage)
    {
        Assert.Equal(exitCode, Interrupt("parts", line, signal).ExitCode);
        Assert.Equal(stage, whole.StageOf("parts"));
    }

    private CommandRun Interrupt(string run, string line, int signal)
    {
        using var process = whole.Start(run, "--resume");
        ReadUntil(process.StandardOutput, line);
        process.Send(signal);
        return CommandRun.ToEnd(process);
    }

    private static void ReadUntil(StreamReader stream, string start)
    {
        while (stream.ReadLine() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"The program ended before it said '{start}'.");
    }

    private CommandRun Train(string run, params string[] words) => CommandRun.ToEnd(whole.Start(run, words));

    // A limit on the size of files stands for a full disk. To the kernel the runtime's own memory is a file, unless it may write to its code.
    private CommandRun ResumeLimited(string run, int kibibytes) => CommandRun.ToEnd(CommandRun.Start("bash", whole.Folder,
    [
        "-c", $"ulimit -f {kibibytes}; trap \"\" XFSZ; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "bash",
        "dotnet", CommandRun.Cli, "train", "r.yaml", "--out", run, "--device", "cpu", "--resume",
    ]));

    // Names and contents: nothing half written may be left beside them.
    private Dictionary<string, string> Files(string folder) => Directory.EnumerateFiles(whole.At(folder), "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
}
