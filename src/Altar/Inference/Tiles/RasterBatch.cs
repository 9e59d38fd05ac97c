using Altar.Images;
using Altar.Tensors;

namespace Altar.Inference.Tiles;

/// <summary>What became of many rasters.</summary>
/// <param name="Results">Those that were predicted, in their order.</param>
/// <param name="Failures">Those that could not be.</param>
public sealed record RasterBatchResult(IReadOnlyList<RasterResult> Results, IReadOnlyList<RasterFailure> Failures);

/// <summary>Predicts many rasters: one that is damaged is listed, and the others go on.</summary>
public static class RasterBatch
{
    /// <summary>Where each result belongs: DIR/NAME.tif for a TIFF, DIR/NAME.png otherwise, in the folders below DIR that the input has below its own.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="root">The folder they were listed from; for a single file, the file itself.</param>
    /// <param name="folder">DIR.</param>
    /// <exception cref="BadInputException">Two inputs would have the same result, or one would be overwritten.</exception>
    public static IReadOnlyList<(string Input, string Output)> Places(IReadOnlyList<string> inputs, string root, string folder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Dictionary<string, string> taken = [];
        List<(string, string)> places = [];
        var originals = inputs.Select(Path.GetFullPath).ToHashSet();
        foreach (var input in inputs)
        {
            var below = File.Exists(root) ? Path.GetFileName(input) : Path.GetRelativePath(root, input);
            var output = Path.Combine(folder, Path.ChangeExtension(below, RasterPredictor.IsTiff(input) ? ".tif" : ".png"));
            if (originals.Contains(Path.GetFullPath(output))) throw new BadInputException($"{output} would overwrite a picture that is to be predicted; name another folder for the results.");
            var name = Path.ChangeExtension(output, null);   // outlines have no other
            if (!taken.TryAdd(name, input)) throw new BadInputException($"{input} and {taken[name]} would both become {name}; rename one of them, or predict them into different folders.");
            places.Add((input, output));
        }

        return places;
    }

    /// <summary>Predicts one after another.</summary>
    /// <param name="predictor">The network with its options.</param>
    /// <param name="places">What <see cref="Places"/> gave.</param>
    /// <param name="progress">Told the rows that are done of the raster in work.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>; finished results stay, and are not made again.</param>
    /// <exception cref="IOException">A result cannot be written, e.g. because the disk is full: the others could not be either.</exception>
    public static RasterBatchResult Predict(
        RasterPredictor predictor, IReadOnlyList<(string Input, string Output)> places, IProgress<RasterProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(places);
        List<RasterResult> results = [];
        List<RasterFailure> failures = [];
        foreach (var (input, output) in places)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                results.Add(predictor.Predict(input, output, progress, cancel));
            }
            catch (DamagedPictureException error)
            {
                failures.Add(new RasterFailure(input, $"{error.Reason}; copy it or write it anew"));
            }
            catch (BadInputException error)
            {
                failures.Add(new RasterFailure(input, WithoutName(error.Message, input)));
            }
        }

        return new RasterBatchResult(results, failures);
    }

    // Who prints a failure names its input first.
    private static string WithoutName(string message, string input) => message.StartsWith(input, StringComparison.Ordinal) ? message[input.Length..].TrimStart(':', ' ') : message;
}
