using System.CommandLine;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Inference;
using Altar.Inference.Heads;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar predict</c>: what a trained network says of photos: a label for each, or a mask.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string[]> _runs = new("RUN|CHECKPOINT") { Description = "A run folder, which means its best checkpoint, a checkpoint folder, or a folder of altar folds. Preprocessing comes from it. Several are an ensemble.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _input = new("--input") { Description = "A photo or raster, or a folder with them, also in folders below.", HelpName = "FILE|FOLDER", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "Where predictions.csv, or the masks, are written.", HelpName = "DIR", Required = true };
    private readonly Option<string> _format = new("--format") { Description = "csv or jsonl.", HelpName = "FORMAT", DefaultValueFactory = _ => "csv" };
    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "Writes the probability of every class." };

    private readonly MaskPrediction _masks = new();

    public PredictVerb() : base("predict", "Says what is in photos: a file with a label and its probability for each. Of a segmentation run: a mask for each, also of rasters of any size, with their georeference.",
        "altar predict runs/quickstart-1 --input photos/new --out predictions", "altar predict runs/quickstart-1 --input photo.jpg --out predictions --probabilities --format jsonl",
        "altar predict runs/inria-1 --input tiles --out masks --views flips --polygons",
        "altar predict runs/avito-1 --input photos/new --out predictions --titles 5 --shapes 224x224,224x320,320x224",
        "altar predict runs/photos-folds-1 --input photos/new --out predictions --views mirror")
    {
        Add(_runs);
        Add(_input);
        Add(_out);
        Add(_format);
        Add(_probabilities);
        foreach (var option in InferenceOptions.OfEnsembles) Add(option);
        foreach (var option in _masks.Options) Add(option);
        foreach (var option in HeadsWords.OfPredict) Add(option);
        Add(RecipeOptions.Device);
        Add(InferenceOptions.Batch);
        Add(InferenceOptions.Threads);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var (checkpoints, input, folder) = (InferenceOptions.Find(words, words.GetValue(_runs)!), words.GetValue(_input)!, words.GetValue(_out)!);
        if (SegmentationPredictor.IsFor(checkpoints[0].Folder))
        {
            InferenceOptions.Refuse(words, [_format, _probabilities], "labels, and this run is of a segmentation network, which writes masks");
            HeadsWords.RefuseForOthers(words, hasMasks: true);
            return _masks.Run(words, InferenceOptions.OnlyMasks(words, checkpoints), input, folder, screen, interruption);
        }

        InferenceOptions.Refuse(words, _masks.Options, "masks, and this run is of a classifier, which writes labels");
        return Label(words, checkpoints, input, folder, screen, interruption);
    }

    private int Label(ParseResult words, IReadOnlyList<MemberCheckpoint> checkpoints, string input, string folder, Screen screen, Interruption interruption)
    {
        var format = FormatOf(words.GetValue(_format)!);
        if (HeadsPredictor.IsFor(checkpoints[0].Folder))
            return HeadsWords.Predict(words, InferenceOptions.OnlyHeads(words, checkpoints), input, folder, new HeadsFileOptions { Format = format, Probabilities = words.GetValue(_probabilities) }, screen, interruption);
        HeadsWords.RefuseForOthers(words, hasMasks: false);
        var samples = PictureFiles.List(input);
        using var predictor = InferenceOptions.Open(words, checkpoints);
        using var progress = new PictureCount(screen, samples.Count, TimeProvider.System);
        var setAside = new SetAside();
        var predictions = predictor.Predict(samples, HeadsWords.WithShapes(words, InferenceOptions.Of(words)), setAside, progress, interruption.Token);
        var (path, count) = PredictionFile.Write(folder, predictor.Card.Classes, predictions, format, words.GetValue(_probabilities));
        progress.Dispose();

        foreach (var skipped in setAside.Items) screen.Warn($"{skipped.Path} was skipped: {skipped.Reason}");
        screen.Line($"{count} predictions are in {path}{(setAside.Count > 0 ? $"; {setAside.Count} pictures could not be read" : "")}");
        screen.Result(new { Predictions = path, Pictures = count, Skipped = setAside.Count, SkippedFiles = setAside.Items });
        return ExitCode.Ok;
    }

    private static PredictionFormat FormatOf(string name) => name switch
    {
        "csv" => PredictionFormat.Csv,
        "jsonl" => PredictionFormat.JsonLines,
        _ => throw new BadInputException($"--format: '{name}' is not known. Write csv or jsonl."),
    };
}
