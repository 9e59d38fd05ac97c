using System.CommandLine;
using Altar.Cli.Output;
using Altar.Metrics;
using Altar.Recipes.Folds;

namespace Altar.Cli.Verbs;

/// <summary><c>altar folds</c>: a recipe run once for each fold, so that every picture is judged by a network that did not see it.</summary>
internal sealed class FoldsVerb : Verb
{
    private readonly Argument<string> _recipe = new("RECIPE|FOLDER") { Description = "As for train." };
    private readonly Option<int> _folds = new("--folds") { Description = "How many.", HelpName = "N", DefaultValueFactory = _ => new FoldsOptions().Folds };
    private readonly Option<string?> _out = new("--out") { Description = "Where fold-1, fold-2 and on are written. Default: runs/NAME-folds-1, counted up.", HelpName = "DIR" };
    private readonly Option<string> _checkpoint = new("--checkpoint") { Description = "Which checkpoint of each fold speaks: best or last.", HelpName = "NAME", DefaultValueFactory = _ => new FoldsOptions().Checkpoint };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where the folds in --out stopped." };
    private readonly Option<string?> _limit = new("--max-time") { Description = "Stop after 90s, 30m or 2h with a checkpoint to resume from, and exit with 124.", HelpName = "TIME" };

    public FoldsVerb() : base("folds", "Runs a recipe once for each fold of its training photos and collects what each network says of the photos that it did not see.",
        "altar folds recipes/quickstart.yaml --folds 5", "altar folds photos --set stages.1.epochs=2 --out runs/photos-folds --resume", "altar predict runs/photos-folds --input new --out predictions")
    {
        Add(_recipe);
        Add(_folds);
        Add(RecipeOptions.Set);
        Add(_out);
        Add(_checkpoint);
        Add(RecipeOptions.Device);
        Add(_resume);
        Add(_limit);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var recipe = RecipeOptions.Open(words, _recipe, seed: null);
        var options = new FoldsOptions
        {
            Folds = words.GetValue(_folds),
            Folder = words.GetValue(_out),
            Resume = words.GetValue(_resume),
            Device = words.GetValue(RecipeOptions.Device)!,
            Checkpoint = words.GetValue(_checkpoint)!,
        };
        if (words.GetValue(_limit) is { } limit) interruption.LimitTo(Duration.Parse(limit, _limit.Name));

        var progress = new TrainingProgress(screen, TimeProvider.System);
        FoldsResult result;
        try
        {
            result = FoldsRun.Execute(recipe, options, progress, interruption.Token);
        }
        finally
        {
            progress.Erase();
        }

        Print(result, screen);
        screen.Result(ToJson(result));
        return result.Interrupted ? interruption.Code : ExitCode.Ok;
    }

    private static void Print(FoldsResult result, Screen screen)
    {
        var table = Columns.Of(1, "fold", "pictures", "top-1", "top-5", "log-loss");
        foreach (var fold in result.Folds) table.Add($"{fold.Fold}", $"{fold.Scores.Pictures}", Text.Share(fold.Scores.Top1), Text.Share(fold.Scores.Top5), Text.Loss(fold.Scores.LogLoss));
        if (result.Scores is { } all) table.Add("all", $"{all.Pictures}", Text.Share(all.Top1), Text.Share(all.Top5), Text.Loss(all.LogLoss));
        screen.Write(table);
        if (result.Interrupted)
        {
            screen.Line($"Stopped before the end. To go on: the same command with --out {result.Folder} --resume");
            return;
        }

        screen.Line($"top-1 over all folds: {Text.Share(result.Scores!.Top1)} (95 % interval {Text.Share(result.Scores.Top1Interval.Low)} to {Text.Share(result.Scores.Top1Interval.High)})");
        if (result.NeverJudged > 0) screen.Warn($"{result.NeverJudged} pictures are judged by no fold: their class is in one group only, which all folds learn from.");
        screen.Line($"Out-of-fold predictions: {Path.Combine(result.Folder, "predictions.csv")}");
        screen.Line($"Next, with all folds as an ensemble: altar predict {result.Folder} --input PHOTOS --out predictions");
    }

    private static object ToJson(FoldsResult result) => new
    {
        result.Folder,
        Folds = result.Folds.Select(fold => new { fold.Fold, fold.Run, fold.Scores.Pictures, fold.Scores.Top1, fold.Scores.Top5, Logloss = fold.Scores.LogLoss }),
        All = result.Scores is { } all ? Figures(all) : null,
        result.NeverJudged,
        Predictions = result.Interrupted ? null : Path.Combine(result.Folder, "predictions.csv"),
        result.Interrupted,
    };

    private static object Figures(ClassificationScores all) => new
    {
        all.Pictures,
        all.Top1,
        Top1Interval = new[] { all.Top1Interval.Low, all.Top1Interval.High },
        all.Top5,
        Logloss = all.LogLoss,
        all.MacroF1,
        all.CalibrationError,
    };
}
