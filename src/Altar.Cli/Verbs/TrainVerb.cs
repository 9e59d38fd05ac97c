using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Recipes;

namespace Altar.Cli.Verbs;

/// <summary><c>altar train</c>: runs a recipe, or the usual recipe on a folder of photos.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly Argument<string> _recipe = new("RECIPE|FOLDER") { Description = "A recipe (.yaml), or a folder with a folder of photos for each class." };
    private readonly Option<string?> _out = new("--out") { Description = "The run folder. Default: runs/NAME-1, counted up.", HelpName = "DIR" };
    private readonly Option<long?> _seed = new("--seed") { Description = "All chance of the run comes from it. Default: the recipe's.", HelpName = "N", CustomParser = WholeNumber };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where the run in --out stopped." };
    private readonly Option<string?> _limit = new("--max-time") { Description = "Stop after 90s, 30m or 2h with a checkpoint to resume from, and exit with 124.", HelpName = "TIME" };

    public TrainVerb() : base("train", "Trains a network by a recipe, stage by stage, and leaves a run folder with curves, checkpoints and a report.",
        "altar train recipes/quickstart.yaml",
        "altar train photos --set stages.0.epochs=1 --set data.val=0.1 --out runs/photos",
        "altar train recipes/quickstart.yaml --out runs/quickstart-1 --resume")
    {
        Add(_recipe);
        Add(RecipeOptions.Set);
        Add(_out);
        Add(_seed);
        Add(RecipeOptions.Device);
        Add(_resume);
        Add(_limit);
    }

    private static long? WholeNumber(ArgumentResult words)
    {
        if (long.TryParse(words.Tokens[0].Value, CultureInfo.InvariantCulture, out var number)) return number;
        words.AddError($"--seed: '{words.Tokens[0].Value}' is not a whole number.");
        return null;
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var recipe = RecipeOptions.Open(words, _recipe, words.GetValue(_seed));
        var options = new RunOptions
        {
            Folder = words.GetValue(_out),
            Resume = words.GetValue(_resume),
            Device = words.GetValue(RecipeOptions.Device)!,
        };
        if (words.GetValue(_limit) is { } limit) interruption.LimitTo(Duration.Parse(limit, _limit.Name));

        var progress = new TrainingProgress(screen, TimeProvider.System);
        RunResult run;
        try
        {
            run = TrainingRun.Execute(recipe, options, progress, interruption.Token);
        }
        finally
        {
            progress.Erase();
        }

        RunSummary.Print(run, screen);
        screen.Result(RunSummary.ToJson(run));
        return run.Interrupted ? interruption.Code : ExitCode.Ok;
    }
}
