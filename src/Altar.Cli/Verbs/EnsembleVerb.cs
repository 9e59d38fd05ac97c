using System.CommandLine;
using Altar.Cli.Output;
using Altar.Ensembling;
using Altar.Inference;
using Altar.Metrics;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar ensemble</c>: what a run's snapshots, or several runs, give together.</summary>
internal sealed class EnsembleVerb : Verb
{
    private readonly Argument<string[]> _runs = new("RUN|CHECKPOINT") { Description = "A run folder, which means its snapshots (or its best checkpoint where it kept none); several runs; checkpoint folders; a folder of altar folds.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _data = new("--data") { Description = "Labelled photos that no member learnt from: a folder with a folder a class, or a manifest with the run's columns.", HelpName = "PATH", Required = true };
    private readonly Option<string> _by = new("--by") { Description = "What the greedy choice looks at: logloss or top1.", HelpName = "METRIC", DefaultValueFactory = _ => "logloss" };
    private readonly Option<long> _seed = new("--seed") { Description = "Decides which half of the photos the choice is made on.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _out = new("--out") { Description = "The picture. Default: ensemble.png in the run folder; of several runs runs/ensemble.png.", HelpName = "FILE.png" };
    private readonly Option<string?> _average = new("--average") { Description = "Also writes the mean of the members' weights there as one checkpoint, and judges it.", HelpName = "DIR" };
    private readonly Option<string?> _norms = new("--norm-data") { Description = "For --average: measures the batch norms anew on these labelled photos, best those learnt from.", HelpName = "PATH" };

    public EnsembleVerb() : base("ensemble", "Judges members of an ensemble alone and together: the first ones, the last ones, and those that a greedy choice takes.",
        "altar ensemble runs/quickstart-1 --data photos/test", "altar ensemble runs/a runs/b runs/c --data test.csv --mean geometric --json",
        "altar ensemble runs/quickstart-1 --data test.csv --average runs/quickstart-1/checkpoints/average --norm-data train.csv")
    {
        Add(_runs);
        Add(_data);
        Add(InferenceOptions.Members);
        Add(InferenceOptions.Mean);
        Add(_by);
        Add(_seed);
        Add(InferenceOptions.Views);
        Add(InferenceOptions.ViewMean);
        Add(_average);
        Add(_norms);
        Add(_out);
        Add(RecipeOptions.Device);
        Add(InferenceOptions.Batch);
        Add(InferenceOptions.Threads);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var options = new EnsembleOptions { Mean = InferenceOptions.MeanOf(words), By = ByOf(words.GetValue(_by)!), Seed = new Seed(unchecked((ulong)words.GetValue(_seed))) };
        if (words.GetValue(_norms) is not null && words.GetValue(_average) is null) throw new BadInputException("--norm-data is for --average DIR. Name the folder, or leave it out.");
        var checkpoints = Find(words);
        if (checkpoints.Count < 2) throw new BadInputException($"{checkpoints[0].Folder} is one member only. Name more runs, a run with snapshots, or several --members.");

        var (classes, members, skipped) = Judge(words, checkpoints, screen, interruption.Token);
        var study = EnsembleStudy.Of(classes, members, options);
        var average = words.GetValue(_average) is { } folder ? Average(words, checkpoints, folder, screen, interruption.Token) : null;
        var drawing = words.GetValue(_out) ?? DrawingOf(words.GetValue(_runs)!);
        EnsemblePlot.Save(drawing, study);

        Print(study, average, screen);
        foreach (var one in skipped) screen.Warn($"{one.Path} was skipped: {one.Reason}");
        screen.Line($"What each added member gave: {drawing}");
        screen.Result(ToJson(study, average, drawing, skipped.Count, words.GetValue(_average)));
        return ExitCode.Ok;
    }

    private IReadOnlyList<MemberCheckpoint> Find(ParseResult words)
    {
        var runs = words.GetValue(_runs)!;
        if (InferenceOptions.MembersOf(words) is { } which) return MemberCheckpoint.Find(runs, which);
        if (runs is [var only]) return MemberCheckpoint.Find([only], MemberCheckpoint.HasSnapshots(only) ? ["snapshots"] : null);
        return [.. runs.SelectMany(run => MemberCheckpoint.Find([run], MemberCheckpoint.HasSnapshots(run) ? ["snapshots"] : null).Select(member => member with { Name = member.Folder }))];
    }

    private (IReadOnlyList<string> Classes, IReadOnlyList<EnsembleMember> Members, IReadOnlyList<Datasets.DamagedPicture> Skipped) Judge(
        ParseResult words, IReadOnlyList<MemberCheckpoint> checkpoints, Screen screen, CancellationToken cancel)
    {
        using var predictor = Predictor.Open(checkpoints, words.GetValue(RecipeOptions.Device)!);
        var set = Evaluator.Open(predictor, words.GetValue(_data)!);
        using var count = new PictureCount(screen, set.Samples.Count, TimeProvider.System);
        var (members, skipped) = Evaluator.EvaluateEach(predictor, set, InferenceOptions.Of(words), count, cancel);
        return (set.Classes, members, skipped);
    }

    private ClassificationScores Average(ParseResult words, IReadOnlyList<MemberCheckpoint> checkpoints, string folder, Screen screen, CancellationToken cancel)
    {
        var device = words.GetValue(RecipeOptions.Device)!;
        PictureCount? norms = null;
        AveragedCheckpoint.Write(checkpoints, folder, words.GetValue(_norms), device, InferenceOptions.Of(words), total => norms = new PictureCount(screen, total, TimeProvider.System), cancel);
        norms?.Dispose();
        using var predictor = Predictor.Open(folder, device);
        var set = Evaluator.Open(predictor, words.GetValue(_data)!);
        using var count = new PictureCount(screen, set.Samples.Count, TimeProvider.System);
        return Evaluator.Evaluate(predictor, set, InferenceOptions.Of(words), count, cancel).Scores;
    }

    private static string DrawingOf(string[] runs) => Path.Combine(runs.Length == 1 ? runs[0] : "runs", "ensemble.png");

    private static Metric ByOf(string name) => name switch
    {
        "logloss" => Metric.LogLoss,
        "top1" => Metric.Top1,
        _ => throw new BadInputException($"--by: '{name}' is not known. Write logloss or top1."),
    };

    private static void Print(EnsembleStudy study, ClassificationScores? average, Screen screen)
    {
        var table = Columns.Of(1, "member", "alone: top-1", "log-loss", "first ones: top-1", "log-loss", "from here on: top-1", "log-loss");
        foreach (var (i, member) in study.Members.Index())
        {
            var (before, after) = (study.Prefixes[i].Scores, study.Suffixes[study.Members.Count - 1 - i].Scores);
            table.Add(member.Added, Text.Share(member.Scores.Top1), Text.Loss(member.Scores.LogLoss), Text.Share(before.Top1), Text.Loss(before.LogLoss), Text.Share(after.Top1), Text.Loss(after.LogLoss));
        }

        screen.Write(table);
        var all = study.All.Scores;
        screen.Line($"all {study.Members.Count}, {(study.Mean == MeanKind.Arithmetic ? "arithmetic" : "geometric")} mean: top-1 {Text.Share(all.Top1)} (95 % interval {Text.Share(all.Top1Interval.Low)} to {Text.Share(all.Top1Interval.High)}), log-loss {Text.Loss(all.LogLoss)}");
        if (study.Greedy is { } greedy)
        {
            screen.Line($"greedy choice by {study.By.Title} on one half of the pictures: {string.Join(" + ", greedy.Members)}");
            screen.Line($"  on the other half: top-1 {Text.Share(greedy.OnOther.Top1)}, log-loss {Text.Loss(greedy.OnOther.LogLoss)}; all members there: {Text.Share(greedy.AllOnOther.Top1)}, {Text.Loss(greedy.AllOnOther.LogLoss)}");
        }

        if (average is not null) screen.Line($"one network with the mean of the weights: top-1 {Text.Share(average.Top1)}, log-loss {Text.Loss(average.LogLoss)}");
    }

    private static object ToJson(EnsembleStudy study, ClassificationScores? average, string drawing, int skipped, string? folder) => new
    {
        Members = study.Members.Select(member => Figures(member.Scores, member.Added)),
        Ensemble = Figures(study.All.Scores, null),
        Prefixes = study.Prefixes.Select(subset => Subset(subset)),
        Suffixes = study.Suffixes.Select(subset => Subset(subset)),
        Greedy = study.Greedy is not { } greedy ? null : new
        {
            greedy.Members,
            By = study.By.Name,
            greedy.OnOther.Top1,
            Logloss = greedy.OnOther.LogLoss,
            Chosen = Figures(greedy.OnChosen, null),
            All = Figures(greedy.AllOnOther, null),
            Steps = greedy.Steps.Select(step => new { Added = step.OnOther.Added, step.OnOther.Scores.Top1, Logloss = step.OnOther.Scores.LogLoss }),
        },
        Average = average is null ? null : new { Checkpoint = folder, average.Top1, Logloss = average.LogLoss, average.CalibrationError },
        study.Mean,
        Skipped = skipped,
        Drawing = drawing,
    };

    private static object Figures(ClassificationScores scores, string? name) =>
        new { Name = name, scores.Top1, Logloss = scores.LogLoss, Top1Interval = new[] { scores.Top1Interval.Low, scores.Top1Interval.High }, scores.Top5, scores.CalibrationError, scores.Pictures };

    private static object Subset(EnsembleSubset subset) => new { subset.Members, subset.Scores.Top1, Logloss = subset.Scores.LogLoss };
}
