using Altar.Metrics;
using Altar.Recipes;
using Altar.Training;

namespace Altar.Cli.Output;

/// <summary>What a run left, for people and for programs.</summary>
internal static class RunSummary
{
    private static readonly (string File, string Meaning)[] WorthALook =
    [
        ("report.html", "all of it on one page"),
        ("curves.png", "losses, the headline figure and the rate over the stages"),
        ("masks.jpg", "the worst and the best masks"),
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
        Stages = run.Stages.Select(stage => Figures(stage.Val,
            ("name", stage.Name), ("epochs", stage.Epochs), ("seconds", stage.Seconds), ("pictures_per_second", stage.PicturesPerSecond), ("waiting_share", stage.WaitingShare))),
        SetAside = run.SetAside.Count,
        run.Interrupted,
    };

    private static string Describe(string name, EpochRecord epoch) =>
        $"{name}: epoch {epoch.Epoch}, {epoch.Val.Headline.Title} {Text.Figure(epoch.Val, epoch.Val.Headline)}, {epoch.Val.Loss.Title} {Text.Figure(epoch.Val, epoch.Val.Loss)}";

    private static Dictionary<string, object>? Epoch(EpochRecord? record) => record is null ? null : Figures(record.Val, ("epoch", record.Epoch));

    // The figures differ by task; each stands under its own name.
    private static Dictionary<string, object> Figures(MetricValues values, params (string Key, object Value)[] others) =>
        values.Select(pair => (Key: pair.Key.Name, Value: (object)pair.Value)).Concat(others).ToDictionary(pair => pair.Key, pair => pair.Value);

    private static Spectre.Console.Table StageTable(IReadOnlyList<StageSummary> stages)
    {
        var table = Columns.Of(1, "stage", "epochs", "time", "pictures/s", "waiting", stages[0].Val.Loss.Title, stages[0].Val.Headline.Title);
        foreach (var stage in stages)
            table.Add(stage.Name, $"{stage.Epochs}", Text.Time(stage.Seconds), Text.Speed(stage.PicturesPerSecond), Text.Percent(stage.WaitingShare), Text.Figure(stage.Val, stage.Val.Loss), Text.Figure(stage.Val, stage.Val.Headline));
        return table;
    }
}
