using System.CommandLine;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Images;
using Altar.Inference;
using Altar.Inference.Heads;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary>What evaluate and predict do with a network of several heads, and the words that they take for it.</summary>
internal static class HeadsWords
{
    private static readonly Option<string?> Shapes = new("--shapes") { Description = "Input shapes, height x width, of which each photo takes the nearest: 224x224,224x320,320x224. Default: as the network was trained.", HelpName = "SHAPES" };
    private static readonly Option<double?> Precision = new("--precision") { Description = "Of labels: also the threshold that finds the most while so many of those said are right.", HelpName = "P" };
    private static readonly Option<string?> Labels = new("--labels") { Description = "Of several heads: their columns, HEAD=COLUMN,HEAD=COLUMN. Default: those of the training, as far as they are there.", HelpName = "COLUMNS" };
    private static readonly Option<int> Titles = new("--titles") { Description = "Of a title head: how many titles are given.", HelpName = "K", DefaultValueFactory = _ => new HeadsFileOptions().Titles };
    private static readonly Option<string?> Template = new("--template") { Description = "Of several heads: a text that they fill, such as \"{title} in {category}\". Default: the recipe's.", HelpName = "TEXT" };

    public static IEnumerable<Option> OfEvaluate => [Shapes, Precision, Labels];

    public static IEnumerable<Option> OfPredict => [Shapes, Titles, Template];

    /// <summary>Refuses what says nothing for another network: an option that changes nothing would be a mistake that nobody sees.</summary>
    /// <param name="words">The words.</param>
    /// <param name="hasMasks">Whether it is a segmentation network, which takes no other shapes either.</param>
    /// <exception cref="BadInputException">One was given.</exception>
    public static void RefuseForOthers(ParseResult words, bool hasMasks)
    {
        Option[] options = hasMasks ? [Shapes, Precision, Labels, Titles, Template] : [Precision, Labels, Titles, Template];
        if (options.FirstOrDefault(option => words.GetResult(option) is { Implicit: false }) is { } given)
            throw new BadInputException($"{given.Name} is for {(given == Shapes ? "photos with classes" : "networks with several heads (model.heads)")}, and this run is of another. Leave it out.");
    }

    /// <summary>The options with the shapes that the words give.</summary>
    /// <exception cref="BadInputException">A shape is no size.</exception>
    public static PredictOptions WithShapes(ParseResult words, PredictOptions options)
    {
        if (words.GetValue(Shapes) is not { } text) return options;
        return options with
        {
            Shapes = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(one => PixelSize.TryParse(one, null, out var size) ? size : throw new BadInputException($"--shapes: '{one}' is no size; write 224, or 224x320 for height x width."))],
        };
    }

    public static int Evaluate(ParseResult words, string run, string data, Screen screen, Interruption interruption)
    {
        var precision = words.GetValue(Precision);
        if (precision is <= 0 or > 1) throw new BadInputException($"--precision: {precision} is outside 0 to 1.");
        var options = WithShapes(words, InferenceOptions.Of(words));
        using var predictor = HeadsPredictor.Open(run, words.GetValue(RecipeOptions.Device)!);
        using var set = HeadsSet.Open(data, predictor.Layout, predictor.Card, ColumnsOf(words), interruption.Token);
        using var count = new PictureCount(screen, set.Count, TimeProvider.System);
        var judgement = predictor.Evaluate(set, options, count, interruption.Token);
        count.Dispose();

        HeadFigures.Print(judgement, screen, precision);
        screen.Result(HeadFigures.ToJson(judgement, precision));
        return ExitCode.Ok;
    }

    public static int Predict(ParseResult words, string run, string input, string folder, HeadsFileOptions file, Screen screen, Interruption interruption)
    {
        var titles = words.GetValue(Titles) is var wanted and >= 1 ? wanted : throw new BadInputException($"--titles: {words.GetValue(Titles)} titles; at least 1 is given.");
        var options = WithShapes(words, InferenceOptions.Of(words));
        var samples = PictureFiles.List(input);
        using var predictor = HeadsPredictor.Open(run, words.GetValue(RecipeOptions.Device)!);
        var template = words.GetValue(Template) ?? predictor.Card.Model.Template;
        file = file with { Titles = titles, Template = template is null ? null : new TitleTemplate(template, predictor.Heads.Select(head => head.Name)) };
        using var progress = new PictureCount(screen, samples.Count, TimeProvider.System);
        var setAside = new SetAside();
        var (path, count) = HeadsPredictionFile.Write(folder, predictor.Heads, predictor.Predict(samples, options, setAside, progress, interruption.Token), file);
        progress.Dispose();

        foreach (var skipped in setAside.Items) screen.Warn($"{skipped.Path} was skipped: {skipped.Reason}");
        screen.Line($"{count} predictions are in {path}{(setAside.Count > 0 ? $"; {setAside.Count} pictures could not be read" : "")}");
        screen.Result(new { Predictions = path, Pictures = count, Skipped = setAside.Count, SkippedFiles = setAside.Items });
        return ExitCode.Ok;
    }

    private static Dictionary<string, string>? ColumnsOf(ParseResult words)
    {
        if (words.GetValue(Labels) is not { } text) return null;
        var columns = new Dictionary<string, string>();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=') is not [{ Length: > 0 } head, { Length: > 0 } column] || !columns.TryAdd(head, column))
                throw new BadInputException($"--labels: '{pair}' names no head and column, or one head twice. Write HEAD=COLUMN with commas between them.");
        }

        return columns;
    }
}
