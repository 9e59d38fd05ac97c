using System.CommandLine;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Inference;
using Altar.Inference.Heads;
using Altar.Inference.Masks;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar evaluate</c>: how good a trained network is on labelled photos.</summary>
internal sealed class EvaluateVerb : Verb
{
    private const int ShownClasses = 50, ShownPairs = 10;

    private readonly Argument<string[]> _runs = new("RUN|CHECKPOINT") { Description = "A run folder, which means its best checkpoint, a checkpoint folder, or a folder of altar folds. Several are an ensemble.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _data = new("--data") { Description = "Labelled photos: a folder with a folder a class, or a manifest with the run's columns.", HelpName = "PATH", Required = true };

    private readonly Option<string?> _masks = new("--masks") { Description = "Of a segmentation run: the masks of the photos, a folder, a COCO file or a column of the manifest. Default: as the run named them.", HelpName = "PATH" };
    private readonly Option<string> _threshold = new("--threshold") { Description = "Of a segmentation run with one class: the probability from which on a pixel belongs to it, or val: the best one on val, which altar predict takes.", HelpName = "P|val", DefaultValueFactory = _ => "0.5" };

    public EvaluateVerb() : base("evaluate", "Scores a trained network on labelled photos: top-1 with its 95 % interval, top-5, log-loss, figures per class, confusion; of masks IoU, Dice and accuracy.",
        "altar evaluate runs/quickstart-1 --data photos/test", "altar evaluate runs/quickstart-1/checkpoints/last --data test.csv --json",
        "altar evaluate runs/inria-1 --data test/images --masks test/gt", "altar evaluate runs/avito-small-1 --data kids_val.csv --json",
        "altar evaluate runs/quickstart-1 --snapshots --views ten --data test.csv")
    {
        Add(_runs);
        Add(_data);
        Add(_masks);
        Add(_threshold);
        foreach (var option in InferenceOptions.OfEnsembles) Add(option);
        foreach (var option in HeadsWords.OfEvaluate) Add(option);
        Add(RecipeOptions.Device);
        Add(InferenceOptions.Batch);
        Add(InferenceOptions.Threads);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var checkpoints = InferenceOptions.Find(words, words.GetValue(_runs)!);
        if (MaskEvaluator.IsFor(checkpoints[0].Folder)) return EvaluateMasks(words, checkpoints, screen, interruption);
        if (HeadsPredictor.IsFor(checkpoints[0].Folder)) return HeadsWords.Evaluate(words, InferenceOptions.OnlyHeads(words, checkpoints), words.GetValue(_data)!, screen, interruption);
        HeadsWords.RefuseForOthers(words, hasMasks: false);
        using var predictor = InferenceOptions.Open(words, checkpoints);
        var set = Evaluator.Open(predictor, words.GetValue(_data)!);
        using var count = new PictureCount(screen, set.Samples.Count, TimeProvider.System);
        var evaluation = Evaluator.Evaluate(predictor, set, HeadsWords.WithShapes(words, InferenceOptions.Of(words)), count, interruption.Token);
        count.Dispose();

        var uncalibrated = Uncalibrated(predictor, set.Classes, evaluation);
        Print(evaluation, uncalibrated, predictor, set.Classes, screen);
        screen.Result(ToJson(evaluation, uncalibrated, predictor));
        return ExitCode.Ok;
    }

    private int EvaluateMasks(ParseResult words, IReadOnlyList<MemberCheckpoint> checkpoints, Screen screen, Interruption interruption)
    {
        HeadsWords.RefuseForOthers(words, hasMasks: true);
        InferenceOptions.Refuse(words, [InferenceOptions.Views], "classifiers, and this run is of a segmentation network, which is judged in one view");
        using var evaluator = MaskEvaluator.Open(InferenceOptions.OnlyMasks(words, checkpoints), words.GetValue(RecipeOptions.Device)!);
        var ofVal = evaluator.Card.Threshold;
        var threshold = ThresholdOf(words.GetValue(_threshold)!, ofVal);
        PictureCount? count = null;
        var judgement = evaluator.Evaluate(words.GetValue(_data)!, words.GetValue(_masks), threshold, InferenceOptions.Of(words),
            samples => count = new PictureCount(screen, samples, TimeProvider.System, "samples"), interruption.Token);
        count?.Dispose();
        MaskFigures.Print(judgement, ofVal, screen);
        screen.Result(MaskFigures.ToJson(judgement, ofVal));
        return ExitCode.Ok;
    }

    private static double ThresholdOf(string text, double? ofVal)
    {
        if (text == "val") return ofVal ?? throw new BadInputException("--threshold: this checkpoint has no threshold of val; only the best one of a finished run with one class has it. Write a probability, e.g. 0.5.");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1
            ? number
            : throw new BadInputException($"--threshold: '{text}' is no probability above 0 and below 1, nor val.");
    }

    // What the same network says without its temperature: for one view the very numbers, since a temperature can be undone.
    private static ClassificationScores? Uncalibrated(Predictor predictor, IReadOnlyList<string> classes, Evaluation evaluation) =>
        predictor.Members.Count == 1 && predictor.Card.Temperature is var temperature and not 1
            ? ClassificationScores.From(classes, evaluation.Predictions.Select(one => Calibration.At(one, 1 / temperature)))
            : null;

    private static void Print(Evaluation evaluation, ClassificationScores? uncalibrated, Predictor predictor, IReadOnlyList<string> classes, Screen screen)
    {
        var scores = evaluation.Scores;
        if (predictor.Members.Count > 1) screen.Line($"ensemble  {predictor.Members.Count}: {string.Join(", ", predictor.Members)}");
        screen.Line($"pictures  {scores.Pictures}{(evaluation.Skipped.Count > 0 ? $", {evaluation.Skipped.Count} skipped" : "")}");
        screen.Line($"top-1     {Text.Share(scores.Top1)}  (95 % interval {Text.Share(scores.Top1Interval.Low)} to {Text.Share(scores.Top1Interval.High)})");
        screen.Line($"top-5     {Text.Share(scores.Top5)}");
        screen.Line($"log-loss  {Text.Loss(scores.LogLoss)}");
        screen.Line($"calibration error  {Text.Share(scores.CalibrationError)}");
        if (uncalibrated is not null)
            screen.Line($"without the temperature of {Text.Share(predictor.Card.Temperature)}: log-loss {Text.Loss(uncalibrated.LogLoss)}, calibration error {Text.Share(uncalibrated.CalibrationError)}");

        var table = Columns.Of(1, "class", "pictures", "precision", "recall", "F1");
        foreach (var score in scores.PerClass.Take(ShownClasses))
            table.Add(score.Name, $"{score.Support}", Text.Share(score.Precision), Text.Share(score.Recall), Text.Share(score.F1));
        screen.Write(table);
        if (scores.PerClass.Count > ShownClasses) screen.Line($"{scores.PerClass.Count - ShownClasses} more classes: --json has all.");

        foreach (var pair in scores.Confusion.WorstPairs(ShownPairs))
            screen.Line($"{pair.Count} of {scores.Confusion.OfTruth(pair.Truth)} {classes[pair.Truth]} were taken for {classes[pair.Guess]}");
        foreach (var skipped in evaluation.Skipped) screen.Warn($"{skipped.Path} was skipped: {skipped.Reason}");
    }

    private static object ToJson(Evaluation evaluation, ClassificationScores? uncalibrated, Predictor predictor)
    {
        var scores = evaluation.Scores;
        var classes = Enumerable.Range(0, scores.Confusion.Classes).ToList();
        return new
        {
            scores.Pictures,
            scores.Top1,
            Top1Interval = new[] { scores.Top1Interval.Low, scores.Top1Interval.High },
            scores.Top5,
            Logloss = scores.LogLoss,
            scores.MacroF1,
            scores.CalibrationError,
            predictor.Members,
            predictor.Card.Temperature,
            Uncalibrated = uncalibrated is null ? null : new { Logloss = uncalibrated.LogLoss, uncalibrated.CalibrationError },
            Skipped = evaluation.Skipped.Count,
            SkippedFiles = evaluation.Skipped.Select(picture => new { picture.Path, picture.Reason }),
            Classes = scores.PerClass.Select(score => new { score.Name, Pictures = score.Support, score.Precision, score.Recall, score.F1 }),
            Confusion = classes.Select(truth => classes.Select(guess => scores.Confusion[truth, guess])),
        };
    }
}
