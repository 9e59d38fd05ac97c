using Altar.Tensors;

namespace Altar.Apps.Tests;

/// <summary>A run that is killed at random steps, again and again, ends as one that nobody disturbed. <c>bench/kill.sh</c> does it fifty times.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 5, Every = 3, Epochs = 24 + 12, StepsPerEpoch = 5, Steps = Epochs * StepsPerEpoch;

    // Of metrics.csv: seconds, pictures a second, waiting, live tensors, memory.
    private const int ColumnsOfTheMachine = 5;

    private readonly TinySet _set = new(perClass: 16);   // 36 photos to learn from in batches of 8

    public KillTests() => File.WriteAllText(_set.At("r.yaml"), $$"""
        data: {train: photos, val: 0.25, size: 32, threads: 2}
        model: {name: resnet20_cifar, weights: none}
        checkpoint: {every: {{Every}}, keep_best: 2, keep: {newest: 1, snapshots: 2} }
        stages:
          - {name: head, learns: head, epochs: 24, batch: 8, rate: 1e-2, norm: frozen, augment: none, ema: 0.9, replay_hardest: 4}
          - {name: all, epochs: 12, batch: 8, rate: 1e-2, augment: light, schedule: {cycles: 3}, snapshots: true, ema: 0.9, replay_hardest: 4, mixup: 0.2, clip: 1, dropout: 0.2}
        """);

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Weights_figures_and_predictions_are_those_of_the_undisturbed_run()
    {
        Assert.Equal(0, Train("whole").ExitCode);

        foreach (var step in RandomSteps()) KillAt(step);
        var last = Train("killed", "--resume");

        Assert.True(last.ExitCode == 0, last.Errors);
        Assert.Contains("ended without giving the run back; it goes on from its last checkpoint.", last.Output, StringComparison.Ordinal);
        Assert.Equal(Weights("whole"), Weights("killed"));
        Assert.Equal(Figures("whole"), Figures("killed"));
        foreach (var file in (string[])["steps.csv", "norms.csv", "replayed.csv"]) Assert.Equal(Text("whole", file), Text("killed", file));
        Assert.Equal(Predictions("whole"), Predictions("killed"));
    }

    // Each in its part of the run, so that every kill finds the run at work.
    private static IEnumerable<int> RandomSteps()
    {
        var random = new Seed(11).ToRandom();
        return Enumerable.Range(0, Kills).Select(kill => (Steps * kill / Kills) + random.Next(1, (Steps / Kills) - Every));
    }

    private void KillAt(int step)
    {
        using var process = Start("killed", "--resume");
        _ = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        while (StepsOf("killed") < step)
        {
            Assert.False(process.HasExited, $"The run ended before step {step}. {(process.HasExited ? errors.Result : "")}");
            Thread.Sleep(1);
        }

        process.Send(Signals.Kill);
        process.WaitForExit();
        Assert.Equal(128 + Signals.Kill, process.ExitCode);
    }

    private CommandRun Train(string run, params string[] words) => CommandRun.ToEnd(Start(run, words));

    private System.Diagnostics.Process Start(string run, params string[] words) =>
        CommandRun.Start("dotnet", _set.At(""), [CommandRun.Cli, "train", "r.yaml", "--out", run, "--device", "cpu", .. words]);

    private int StepsOf(string run)
    {
        var path = _set.At($"{run}/steps.csv");
        if (!File.Exists(path)) return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Count(letter => letter == '\n') - 1;
    }

    private SortedDictionary<string, string> Weights(string run) => new(Directory.GetDirectories(_set.At($"{run}/checkpoints")).ToDictionary(
        path => Path.GetFileName(path), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(path, "model.safetensors"))))));

    private List<string> Figures(string run) => [.. File.ReadLines(_set.At($"{run}/metrics.csv")).Select(line => string.Join(',', line.Split(',').SkipLast(ColumnsOfTheMachine)))];

    private string Predictions(string run)
    {
        var predicted = CommandRun.In(_set.At(""), "predict", run, "--input", "photos", "--out", $"{run}-predictions", "--probabilities");
        Assert.True(predicted.ExitCode == 0, predicted.Errors);
        return File.ReadAllText(_set.At($"{run}-predictions/predictions.csv"));
    }

    private string Text(string run, string file) => File.ReadAllText(_set.At($"{run}/{file}"));
}
