using Altar.Recipes;
using Altar.Training;

namespace Altar.Cli.Output;

/// <summary>What a run left, for people and for programs.</summary>
internal static class RunSummary
{
    private static readonly (string File, string Meaning)[] WorthALook =
    [
        ("report.html", "all of it on one page"),
        ("curves.png", "loss, accuracy and rate over the stages"),
        ("confusion.png", "what was taken for what"),
        ("checkpoints/best", "what predict and evaluate use"),
    ];

    public static void Print(RunResult run, Screen screen)
    {
        if (run.Stages.Count > 0) screen.Write(StageTable(run.Stages));
        if (run is { Best: { } best, Last: { } last })
        {
            screen.Line(Describe("best", best));
            screen.Line(Describe("last", last));
        }

        if (run.SetAside.Count > 0) screen.Warn($"set aside since they cannot be read: {run.SetAside.Count}, first {run.SetAside.First().Key} ({run.SetAside.First().Value}); the report lists them.");

        screen.Line($"{run.Epochs} epochs in {Text.Time(run.Seconds)}; the run is in {run.Folder}");
        foreach (var (file, meaning) in WorthALook.Where(item => Path.Exists(Path.Combine(run.Folder, item.File))))
            screen.Line($"  {file,-17}{meaning}");
        screen.Line(run.Interrupted
            ? $"Stopped before the end. To go on: altar train {Path.Combine(run.Folder, "recipe.yaml")} --out {run.Folder} --resume"
            : $"Next: altar predict {run.Folder} --input PHOTOS --out predictions");
    }

    public static object ToJson(RunResult run) => new
    {
        Run = run.Folder,
        run.Epochs,
        run.Seconds,
        Best = Epoch(run.Best),
        Last = Epoch(run.Last),
        Stages = run.Stages.Select(stage => new { stage.Name, stage.Epochs, stage.Seconds, stage.PicturesPerSecond, stage.WaitingShare, stage.Top1, Logloss = stage.LogLoss }),
        SetAside = run.SetAside.Count,
        run.Interrupted,
    };

    private static string Describe(string name, EpochRecord epoch) =>
        $"{name}: epoch {epoch.Epoch}, top-1 {Text.Share(epoch.Top1)}, log-loss {Text.Loss(epoch.LogLoss)}";

    private static object? Epoch(EpochRecord? record) =>
        record is null ? null : new { record.Top1, record.Top5, Logloss = record.LogLoss, record.Epoch };

    private static Spectre.Console.Table StageTable(IReadOnlyList<StageSummary> stages)
    {
        var table = Columns.Of(1, "stage", "epochs", "time", "pictures/s", "waiting", "log-loss", "top-1");
        foreach (var stage in stages)
            table.Add(stage.Name, $"{stage.Epochs}", Text.Time(stage.Seconds), Text.Speed(stage.PicturesPerSecond), Text.Percent(stage.WaitingShare), Text.Loss(stage.LogLoss), Text.Share(stage.Top1));
        return table;
    }
}
