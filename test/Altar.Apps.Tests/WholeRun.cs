using System.Diagnostics;
using System.Text.Json;

namespace Altar.Apps.Tests;

/// <summary>A recipe of three stages, long enough for a signal to arrive in each, and a run of it that nothing interrupted.</summary>
public sealed class WholeRun : IDisposable
{
    /// <summary>Epochs of all stages.</summary>
    public const int Epochs = 40 + 8 + 8;

    private readonly TinySet _set = new(perClass: 16);

    public WholeRun()
    {
        File.WriteAllText(At("r.yaml"), """
            data: {train: photos, val: 0.25, size: 32}
            model: {name: resnet20_cifar, weights: none}
            stages:
              - {name: head, learns: head, epochs: 40, batch: 8, rate: 1e-3, norm: frozen, augment: none}
              - {name: hard, epochs: 8, batch: 8, rate: 1e-2, augment: hard}
              - {name: light, epochs: 8, batch: 8, rate: 1e-3, augment: light}
            """);
        var run = CommandRun.ToEnd(Start("whole"));
        if (run.ExitCode != 0) throw new InvalidOperationException(run.Errors);
    }

    internal string Folder => _set.At("");

    public void Dispose() => _set.Dispose();

    /// <summary><c>altar train r.yaml</c> in the folder. SIGINT is heard also where the tests run in the background of a script, which has it ignored.</summary>
    internal Process Start(string run, params string[] words) =>
        CommandRun.Start("env", Folder, ["--default-signal=INT", "dotnet", CommandRun.Cli, "train", "r.yaml", "--out", run, "--device", "cpu", .. words]);

    internal string At(string name) => _set.At(name);

    internal byte[] Weights(string run) => File.ReadAllBytes(At($"{run}/checkpoints/last/model.safetensors"));

    /// <summary>The stage, from 1, in which a run would go on.</summary>
    internal int StageOf(string run)
    {
        using var state = JsonDocument.Parse(File.ReadAllText(At($"{run}/checkpoints/last/state.json")));
        return state.RootElement.GetProperty("Stage").GetInt32() + 1;
    }
}
