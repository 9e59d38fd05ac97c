using System.CommandLine;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Recipes.FindRate;
using Altar.Reports;
using Altar.Schedules;

namespace Altar.Cli.Verbs;

/// <summary><c>altar find-rate</c>: which learning rate suits each stage of a recipe.</summary>
internal sealed class FindRateVerb : Verb
{
    private readonly Argument<string> _recipe = new("RECIPE|FOLDER") { Description = "As for train." };
    private readonly Option<int> _steps = new("--steps") { Description = "Steps in each stage.", HelpName = "N", DefaultValueFactory = _ => new RateSearchOptions().Steps };
    private readonly Option<double> _from = new("--from") { Description = "The first rate.", HelpName = "RATE", DefaultValueFactory = _ => new RateSearchOptions().From };
    private readonly Option<double> _to = new("--to") { Description = "The last rate; the search ends earlier where the loss explodes.", HelpName = "RATE", DefaultValueFactory = _ => new RateSearchOptions().To };
    private readonly Option<string?> _weights = new("--weights") { Description = "A run or checkpoint to start from, as later stages do. Default: the recipe's weights.", HelpName = "RUN|CHECKPOINT" };
    private readonly Option<string?> _out = new("--out") { Description = "The drawing. Default: runs/NAME-rates.png.", HelpName = "FILE.png" };

    public FindRateVerb() : base("find-rate", "Takes a few steps at rates that rise from step to step, for what learns in each stage, and suggests a rate. No weights are written.",
        "altar find-rate recipes/quickstart.yaml", "altar find-rate photos --steps 200 --to 1 --weights runs/photos-1 --json")
    {
        Add(_recipe);
        Add(RecipeOptions.Set);
        Add(_steps);
        Add(_from);
        Add(_to);
        Add(_weights);
        Add(_out);
        Add(RecipeOptions.Device);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var recipe = RecipeOptions.Open(words, _recipe, seed: null);
        var options = new RateSearchOptions { From = words.GetValue(_from), To = words.GetValue(_to), Steps = words.GetValue(_steps) };
        var found = RateFinder.Search(
            recipe, options, words.GetValue(_weights), words.GetValue(RecipeOptions.Device)!, new TrainingProgress(screen, TimeProvider.System), interruption.Token);
        var drawing = words.GetValue(_out) ?? Path.Combine("runs", $"{recipe.Name}-rates.png");
        RateFinderPlot.Save(drawing, [.. found.Select(one => (one.Stage.Name, one.Stage.Rate, one.Search))]);

        Print(found, screen);
        screen.Line($"The curves are in {drawing}");
        screen.Result(new { Drawing = drawing, Stages = found.Select(ToJson) });
        return ExitCode.Ok;
    }

    private static void Print(IReadOnlyList<StageRates> found, Screen screen)
    {
        var table = Columns.Of(2, "stage", "learns", "valley", "steepest", "lowest / 10", "recipe", "steps");
        foreach (var (stage, search) in found)
        {
            table.Add(
                stage.Name, stage.Learns, Rate(search.Valley), Rate(search.Steepest), Rate(search.TenthOfLowest), Rate(stage.Rate),
                $"{search.Points.Count}{(search.HasDiverged ? ", then it diverged" : "")}");
        }

        screen.Write(table);
        screen.Line("Begin with the valley.");
    }

    private static string Rate(double? rate) => rate?.ToString("0.0e+0", CultureInfo.InvariantCulture) ?? "-";

    private static object ToJson(StageRates one) => new
    {
        one.Stage.Name,
        one.Stage.Learns,
        one.Search.Valley,
        one.Search.Steepest,
        one.Search.TenthOfLowest,
        RecipeRate = one.Stage.Rate,
        Diverged = one.Search.HasDiverged,
        Points = one.Search.Points.Select(point => new { point.Rate, point.Loss, point.Smoothed }),
    };
}
