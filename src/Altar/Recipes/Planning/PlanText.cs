using System.Globalization;
using System.Text;

namespace Altar.Recipes.Planning;

/// <summary>A plan as lines of text: the rate as a picture of blocks, what learns and augmentation under it, a table of the stages.</summary>
public static class PlanText
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private const int Rows = 8, Margin = 10, NarrowestStage = 4;

    /// <summary>Draws a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="width">Columns of the picture with its margin, at least 40. Default 100. Many stages make it wider.</param>
    public static string Draw(RunPlan plan, int width = 100)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 40);
        var widths = Widths(plan, width - Margin);
        var text = new StringBuilder();
        Rates(text, plan, widths);
        text.Append("snapshots".PadRight(Margin)).AppendLine(Snapshots(plan, widths));
        Labels(text, "stage", plan, widths, stage => stage.Stage.Name);
        Labels(text, "learns", plan, widths, stage => stage.Stage.Learns);
        Labels(text, "augment", plan, widths, stage => stage.Augment);
        return text.AppendLine().Append(Table(plan)).ToString();
    }

    // Columns in proportion to epochs; a short stage keeps enough to be seen.
    private static int[] Widths(RunPlan plan, int columns) =>
        [.. plan.Stages.Select(stage => Math.Max(NarrowestStage, (int)((double)columns * stage.Stage.Epochs / plan.Epochs)))];

    private static void Rates(StringBuilder text, RunPlan plan, int[] widths)
    {
        var logs = plan.Stages.SelectMany((stage, index) => Columns(stage, widths[index])).Select(Math.Log10).ToList();
        var (low, high) = Bounds(plan);
        for (var row = Rows - 1; row >= 0; row--)
        {
            text.Append(row == Rows - 1 ? Power(high) : row == 0 ? Power(low) : "".PadRight(Margin));
            foreach (var log in logs)
            {
                var eighths = (int)Math.Round((log - low) / (high - low) * Rows * 8) - row * 8;
                text.Append(Blocks[Math.Clamp(eighths, row == 0 ? 1 : 0, 8)]);
            }

            text.AppendLine();
        }
    }

    // A decade below the lowest stage's rate: cycles fall to nothing, which a logarithm cannot show.
    private static (int Low, int High) Bounds(RunPlan plan)
    {
        var rates = plan.Stages.Select(stage => stage.Stage.Rate).ToList();
        return ((int)Math.Floor(Math.Log10(rates.Min()) + 1e-9) - 1, (int)Math.Ceiling(Math.Log10(rates.Max()) - 1e-9));
    }

    // The rate in the middle of each column.
    private static IEnumerable<double> Columns(StagePlan stage, int width)
    {
        var floor = stage.Stage.Rate * 1e-9;
        for (var column = 0; column < width; column++)
            yield return Math.Max(floor, stage.Rates.At(Math.Min(stage.Steps - 1, (int)((column + 0.5) / width * stage.Steps))));
    }

    private static string Power(int exponent) => string.Create(CultureInfo.InvariantCulture, $"1e{exponent} ").PadLeft(Margin - 1) + " ";

    private static string Snapshots(RunPlan plan, int[] widths)
    {
        var line = new StringBuilder();
        foreach (var (index, stage) in plan.Stages.Index())
        {
            var marks = stage.Snapshots.Select(end => (int)((end - 0.5) / stage.Steps * widths[index])).ToHashSet();
            for (var column = 0; column < widths[index]; column++) line.Append(marks.Contains(column) ? '▲' : ' ');
        }

        return line.ToString().TrimEnd();
    }

    private static void Labels(StringBuilder text, string title, RunPlan plan, int[] widths, Func<StagePlan, string> label)
    {
        text.Append(title.PadRight(Margin));
        foreach (var (index, stage) in plan.Stages.Index()) text.Append('│').Append(Cut(label(stage), widths[index] - 1));
        while (text[^1] == ' ') text.Length--;
        text.AppendLine();
    }

    private static string Cut(string label, int width) => label.Length <= width ? label.PadRight(width) : label[..(width - 1)] + "…";

    private static string Table(RunPlan plan)
    {
        List<string[]> rows = [["stage", "learns", "augment", "norm", "batch", "epochs", "steps", "rate", "schedule"]];
        rows.AddRange(plan.Stages.Select(Row));
        rows.Add(["", "", "", "", "", Whole(plan.Epochs), Whole(plan.Steps), "", ""]);
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Concat(rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + Environment.NewLine));
    }

    private static string[] Row(StagePlan plan)
    {
        var stage = plan.Stage;
        return
        [
            stage.Name, stage.Learns, plan.Augment, Yaml.YamlScalars.Write(stage.Norm), Whole(stage.Batch),
            stage.Patience > 0 ? $"up to {stage.Epochs}" : Whole(stage.Epochs), Whole(plan.Steps),
            stage.Rate.ToString("0.######", CultureInfo.InvariantCulture), Describe(plan),
        ];
    }

    private static string Describe(StagePlan plan)
    {
        var schedule = plan.Stage.Schedule;
        var curve = plan.Rates.CycleEnds.Count > 1 ? $"{plan.Rates.CycleEnds.Count} cosine cycles"
            : schedule.Steps.Count > 0 ? $"falls after epochs {string.Join(", ", schedule.Steps)}"
            : Yaml.YamlScalars.Write(schedule.Curve);
        return schedule.Warmup > 0 || schedule.WarmupSteps > 0 ? $"warm-up, {curve}" : curve;
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
