using Altar.Datasets;
using Altar.Recipes;
using Altar.Training;

namespace Altar.Tests.Recipes;

/// <summary>What the tricks of a run leave in its folder, also of one that was interrupted.</summary>
public sealed class TrickFilesTests : IDisposable
{
    private readonly StripedFolder _pictures = new(train: 40, val: 20);

    [Fact]
    public void Norms_replays_suspects_and_the_best_epochs_are_left_in_the_folder()
    {
        var folder = Run("whole", new Stop(int.MaxValue)).Folder;

        Assert.Equal(["step", "1", "11"], Rows(folder, "norms.csv").Select(row => row[0]));   // every tenth of 15 steps
        Assert.All(Rows(folder, "norms.csv").Skip(1), row => Assert.All(row, text => Assert.True(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) > 0)));

        var replays = Rows(folder, "replayed.csv");
        Assert.Equal(["step", "4", "8", "12"], replays.Select(row => row[0]));
        Assert.Equal(["step", "first_step", "loss", "loss_at_replay", "pictures"], replays[0]);
        Assert.All(replays.Skip(1), row => Assert.InRange(int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture) - 3, int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(replays.Skip(1), row => Assert.All(row[4].Split(' '), path => Assert.True(File.Exists(path), path)));

        Assert.Equal(["image", "label", "guess", "disagreement", "loss"], Rows(folder, "suspects.csv")[0]);
        Assert.True(File.Exists(Path.Combine(folder, "suspects.jpg")));
        Assert.Contains("Labels that look wrong", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        Assert.Equal(["best", "best-1", "best-2", "last"], Checkpoints(folder));
        Assert.Equal(Bytes(folder, "best"), Bytes(folder, "best-1"));
    }

    [Fact]
    public void An_interrupted_run_leaves_the_same()
    {
        var whole = Run("whole", new Stop(int.MaxValue)).Folder;
        Run("parts", new Stop(6));
        Run("parts", new Stop(3), resume: true);
        var parts = Run("parts", new Stop(int.MaxValue), resume: true).Folder;

        foreach (var name in new[] { "norms.csv", "replayed.csv", "suspects.csv", "steps.csv" }) Assert.Equal(File.ReadAllText(Path.Combine(whole, name)), File.ReadAllText(Path.Combine(parts, name)));
        Assert.Equal(Checkpoints(whole), Checkpoints(parts));
        foreach (var name in Checkpoints(whole)) Assert.Equal(Bytes(whole, name), Bytes(parts, name));
    }

    public void Dispose() => _pictures.Dispose();

    private RunResult Run(string name, Stop stop, bool resume = false)
    {
        var recipe = RecipeFile.Parse($$"""
            name: tricks
            data: {train: {{_pictures.Train}}, val: {{_pictures.Val}}, size: 32}
            model: {name: resnet20_cifar, weights: none}
            checkpoint: {keep_best: 2}
            stages: [{epochs: 3, batch: 8, rate: 0.01, replay_hardest: 4, suspects: true, ema: 0.9, clip: 1, sampling: loss}]
            """, "tricks.yaml");
        using var cancel = new CancellationTokenSource();
        stop.Cancel = cancel.Cancel;
        return TrainingRun.Execute(recipe, new RunOptions { Folder = Path.Combine(_pictures.Home, name), Resume = resume, Device = "cpu" }, stop, cancel.Token);
    }

    private static List<IReadOnlyList<string>> Rows(string folder, string name)
    {
        using var reader = new StreamReader(Path.Combine(folder, name));
        return [.. CsvReader.Read(reader, name).Select(row => row.Fields)];
    }

    private static IEnumerable<string> Checkpoints(string folder) =>
        Directory.GetDirectories(Path.Combine(folder, "checkpoints")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static byte[] Bytes(string folder, string checkpoint) => File.ReadAllBytes(Path.Combine(folder, "checkpoints", checkpoint, "model.safetensors"));

    private sealed class Stop(int step) : IProgress<TrainingEvent>
    {
        private int _steps;

        public Action Cancel { get; set; } = () => { };

        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.StepDone && ++_steps == step) Cancel();
        }
    }
}
