using System.CommandLine;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Recipes.Planning;

namespace Altar.Cli.Verbs;

/// <summary><c>altar plan</c>: what a recipe will do and take, before anything is spent.</summary>
internal sealed class PlanVerb : Verb
{
    private const double MiB = 1 << 20;

    private readonly Argument<string> _recipe = new("RECIPE|FOLDER") { Description = "As for train." };
    private readonly Option<string?> _out = new("--out") { Description = "The drawing. Default: runs/NAME-plan.png.", HelpName = "FILE.png" };

    public PlanVerb() : base("plan", "Draws rate, augmentation and what learns over the whole run, and estimates its time and memory from a few measured steps.",
        "altar plan recipes/quickstart.yaml", "altar plan photos --set stages.1.epochs=10 --out plan.png --json")
    {
        Add(_recipe);
        Add(RecipeOptions.Set);
        Add(RecipeOptions.Device);
        Add(_out);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var recipe = RecipeOptions.Open(words, _recipe, seed: null);
        var (plan, estimate) = PlanProbe.Measure(recipe, words.GetValue(RecipeOptions.Device)!, new TrainingProgress(screen, TimeProvider.System), interruption.Token);
        var drawing = words.GetValue(_out) ?? Path.Combine("runs", $"{recipe.Name}-plan.png");
        plan.SavePlot(drawing);

        screen.Line(PlanText.Draw(plan, Math.Max(40, Math.Min(screen.Width, 120))));
        Print(estimate, screen);
        screen.Line($"The drawing is {drawing}");
        screen.Result(ToJson(plan, estimate, drawing));
        return ExitCode.Ok;
    }

    private static void Print(PlanEstimate estimate, Screen screen)
    {
        var table = Columns.Of(1, "stage", "time", "peak memory");
        foreach (var stage in estimate.Stages) table.Add(stage.Name, Text.Time(stage.Seconds), Memory(stage.PeakBytes));
        table.Add("whole run", Text.Time(estimate.Seconds), Memory(estimate.PeakBytes));
        screen.Write(table);
    }

    private static string Memory(long bytes) => (bytes / MiB).ToString("0 MiB", CultureInfo.InvariantCulture);

    private static object ToJson(RunPlan plan, PlanEstimate estimate, string drawing) => new
    {
        Drawing = drawing,
        plan.Pictures,
        plan.ValPictures,
        plan.Epochs,
        plan.Steps,
        estimate.Seconds,
        estimate.PeakBytes,
        Stages = plan.Stages.Zip(estimate.Stages, (stage, taken) => new { stage.Stage.Name, stage.Stage.Epochs, stage.Steps, taken.Seconds, taken.PeakBytes }),
    };
}
