using System.CommandLine;
using Altar.Cli.Output;
using Altar.Inference;
using Altar.Metrics;

namespace Altar.Cli.Verbs;

/// <summary><c>altar calibrate</c>: makes a network's probabilities mean what they say.</summary>
internal sealed class CalibrateVerb : Verb
{
    private readonly Argument<string[]> _runs = new("RUN|CHECKPOINT") { Description = "Run folders, which mean their best checkpoints, or checkpoint folders. Each gets its own temperature.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _data = new("--data") { Description = "Labelled photos that the network did not learn from.", HelpName = "PATH", Required = true };

    public CalibrateVerb() : base("calibrate", "Chooses a temperature on validation photos and writes it into the checkpoint; evaluate and predict apply it. The labels stay as they are.",
        "altar calibrate runs/quickstart-1 --data photos/val", "altar calibrate runs/quickstart-1 --snapshots --data val.csv --json")
    {
        Add(_runs);
        Add(_data);
        Add(InferenceOptions.Snapshots);
        Add(InferenceOptions.Members);
        Add(InferenceOptions.Views);
        Add(InferenceOptions.ViewMean);
        Add(RecipeOptions.Device);
        Add(InferenceOptions.Batch);
        Add(InferenceOptions.Threads);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var options = InferenceOptions.Of(words);
        var done = new List<(MemberCheckpoint Member, Calibration Calibration)>();
        foreach (var member in MemberCheckpoint.Find(words.GetValue(_runs)!, InferenceOptions.MembersOf(words)))
        {
            PictureCount? count = null;
            var calibration = Calibration.Write(
                member, words.GetValue(_data)!, words.GetValue(RecipeOptions.Device)!, options, total => count = new PictureCount(screen, total, TimeProvider.System), interruption.Token);
            count?.Dispose();
            done.Add((member, calibration));
        }

        Print(done, screen);
        screen.Result(new { Checkpoints = done.Select(one => ToJson(one.Member, one.Calibration)) });
        return ExitCode.Ok;
    }

    private static void Print(List<(MemberCheckpoint Member, Calibration Calibration)> done, Screen screen)
    {
        var table = Columns.Of(1, "checkpoint", "temperature", "log-loss before", "after", "crossed", "calibration error before", "after", "crossed");
        foreach (var (member, one) in done)
        {
            table.Add(
                member.Name, Text.Share(one.Temperature), Text.Loss(one.Before.LogLoss), Text.Loss(one.After.LogLoss), Text.Loss(one.Crossed?.LogLoss ?? double.NaN),
                Text.Share(one.Before.CalibrationError), Text.Share(one.After.CalibrationError), Text.Share(one.Crossed?.CalibrationError ?? double.NaN));
        }

        screen.Write(table);
        screen.Line("Crossed: each half of the photos at the temperature chosen on the other half, the figure to believe.");
        foreach (var (member, _) in done) screen.Line($"The temperature is in {Path.Combine(member.Folder, "model.json")}");
    }

    private static object ToJson(MemberCheckpoint member, Calibration one) => new
    {
        member.Name,
        Checkpoint = member.Folder,
        one.Temperature,
        one.Before.Pictures,
        Before = Figures(one.Before),
        After = Figures(one.After),
        Crossed = one.Crossed is null ? null : Figures(one.Crossed),
    };

    private static object Figures(ClassificationScores scores) => new { Logloss = scores.LogLoss, scores.CalibrationError };
}
