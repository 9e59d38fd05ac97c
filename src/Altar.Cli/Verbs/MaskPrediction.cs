using System.CommandLine;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Inference;
using Altar.Inference.Polygons;
using Altar.Inference.Tiles;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary>What <c>altar predict</c> does with a segmentation network: masks of pictures and of rasters of any size.</summary>
internal sealed class MaskPrediction
{
    private readonly Option<int> _tile = new("--tile") { Description = "Side of the square tiles, in pixels; a multiple of the network's stride.", HelpName = "PIXELS", DefaultValueFactory = _ => new TileOptions().TilePixels };
    private readonly Option<double> _overlap = new("--overlap") { Description = "Overlap of neighbouring tiles, as a share of their side, 0 to 0.75.", HelpName = "SHARE", DefaultValueFactory = _ => new TileOptions().OverlapFraction };
    private readonly Option<double?> _threshold = new("--threshold") { Description = "Probability from which on a pixel belongs to the class, for networks of one class. Default: the best one that the run found on val.", HelpName = "P" };
    private readonly Option<string> _output = new("--output") { Description = "mask (0/255, or the class's number), probability (8 bits) or float.", HelpName = "KIND", DefaultValueFactory = _ => "mask" };
    private readonly Option<bool> _polygons = new("--polygons") { Description = "Also writes the outlines as NAME.geojson, in the raster's coordinates." };
    private readonly Option<double> _simplify = new("--simplify") { Description = "How far outlines may be from the pixels' edges, in pixels.", HelpName = "PIXELS", DefaultValueFactory = _ => new PolygonOptions().TolerancePixels };
    private readonly Option<double> _minimalArea = new("--min-area") { Description = "Outlines and holes of fewer pixels are left out.", HelpName = "PIXELS", DefaultValueFactory = _ => new PolygonOptions().MinimalPixels };
    private readonly Option<string> _bands = new("--bands") { Description = "Bands of a raster that the network sees, counted from 1, e.g. 1,2,3.", HelpName = "LIST" };

    /// <summary>Options that only a segmentation network has.</summary>
    public IEnumerable<Option> Options => [_tile, _overlap, _threshold, _output, _polygons, _simplify, _minimalArea, _bands];

    public int Run(ParseResult words, string run, string input, string folder, Screen screen, Interruption interruption)
    {
        var options = OptionsOf(words);
        using var predictor = SegmentationPredictor.Open(run, words.GetValue(RecipeOptions.Device)!);
        using var count = new RowCount(screen, TimeProvider.System);
        var done = Predict(predictor, input, folder, options, count, screen, interruption);
        count.Dispose();
        if (done.Results.Count == 0) throw new BadInputException($"{done.Failures[0].Input}: {done.Failures[0].Reason.TrimEnd('.')}.{(done.Failures.Count > 1 ? $" None of {done.Failures.Count} pictures could be predicted." : "")}");

        foreach (var result in done.Results) Print(result, predictor.Card.Classes, screen);
        foreach (var failure in done.Failures) screen.Warn($"{failure.Input} was skipped: {failure.Reason}");
        screen.Result(new { Predictions = done.Results, Pictures = done.Results.Count, Skipped = done.Failures.Count, SkippedFiles = done.Failures });
        return ExitCode.Ok;
    }

    private static RasterBatchResult Predict(SegmentationPredictor predictor, string input, string folder, RasterOptions options, RowCount count, Screen screen, Interruption interruption)
    {
        try
        {
            return predictor.Predict(input, folder, options, count, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            count.Dispose();
            screen.Line($"What is finished stays in {folder}; the same command goes on with the rest.");
            throw;
        }
    }

    private static void Print(RasterResult result, IReadOnlyList<string> classes, Screen screen)
    {
        var shares = classes.Zip(result.Shares, (name, share) => $"{name} {Text.Percent(share)}");
        var outlines = result.Polygons is null ? "" : $"; {result.PolygonCount} outlines are in {result.Polygons}";
        screen.Line($"{result.Output}: {string.Join(", ", shares)}{outlines}{(result.WasFinished ? " (finished before)" : "")}");
        if (!result.HasGeoReference && result.Output.EndsWith(".tif", StringComparison.Ordinal)) screen.Line($"  {result.Input} has no georeference, so its result has none");
    }

    private RasterOptions OptionsOf(ParseResult words) => new()
    {
        Tiles = new TileOptions { TilePixels = words.GetValue(_tile), OverlapFraction = words.GetValue(_overlap) },
        Batch = words.GetResult(InferenceOptions.Batch) is { Implicit: false } ? InferenceOptions.Of(words).Batch : new RasterOptions().Batch,
        Threshold = words.GetValue(_threshold),
        Bands = words.GetValue(_bands) is { } bands ? BandsOf(bands) : null,
        Polygons = words.GetValue(_polygons) ? new PolygonOptions { TolerancePixels = words.GetValue(_simplify), MinimalPixels = words.GetValue(_minimalArea) } : null,
        Views = words.GetValue(InferenceOptions.Views) switch
        {
            "none" => ViewSet.None,
            "flips" => ViewSet.Flips,
            "d4" => ViewSet.D4,
            var other => throw new BadInputException($"--views: '{other}' is not known. Write none, flips or d4."),
        },
        Output = words.GetValue(_output) switch
        {
            "mask" => RasterOutput.Mask,
            "probability" => RasterOutput.Probability,
            "float" => RasterOutput.FloatingPoint,
            var other => throw new BadInputException($"--output: '{other}' is not known. Write mask, probability or float."),
        },
    };

    private static int[] BandsOf(string list)
    {
        string[] parts = list.Split(',');
        int[] bands = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var band) ? band : 0)];
        return bands.All(band => band >= 1) ? bands : throw new BadInputException($"--bands: '{list}' is no list of bands. Write numbers from 1 up, e.g. 1,2,3.");
    }
}
