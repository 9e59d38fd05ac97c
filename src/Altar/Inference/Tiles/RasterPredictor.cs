using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Tensors;

namespace Altar.Inference.Tiles;

/// <summary>Predicts rasters of any size by overlapping tiles that are blended without seams; the result lies where the raster lies.</summary>
/// <remarks>
/// What is held grows with the raster's width, not with its height: a row of tiles as it was decoded, as it was judged, and as it is written.
/// Results appear whole or not at all, each with a note beside it (FILE.json) from what it was made; what is finished is not made again.
/// </remarks>
public sealed class RasterPredictor
{
    private readonly RasterModel _model;
    private readonly RasterOptions _options;

    /// <summary>Checks the options against the network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="options">Tiles, views, output; null for the defaults.</param>
    /// <exception cref="BadInputException">An option is outside of its range, or the network has more classes than a mask can number.</exception>
    public RasterPredictor(RasterModel model, RasterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options = (options ?? new RasterOptions()).Validated(model.Stride);
        (_model, _options) = (model, options with { Threshold = options.Threshold ?? model.Threshold });
        if (model.Classes.Count is < 1 or > 255) throw new BadInputException($"The network has {model.Classes.Count} classes; masks number 1 to 255 of them.");
        if (model.Std.Count != model.Channels || model.Std.Any(std => std <= 0)) throw new BadInputException($"The network has {model.Channels} means and {model.Std.Count} stds; it needs as many, all stds above 0.");
    }

    /// <summary>Predicts a picture.</summary>
    /// <param name="input">A TIFF or BigTIFF, whatever its size; or a JPEG, PNG, WebP or BMP.</param>
    /// <param name="output">The file to write: .tif for a TIFF, .png otherwise. Outlines go beside it, as .geojson.</param>
    /// <param name="progress">Told the rows that are done; called on this thread.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>; nothing half-written is left.</param>
    /// <exception cref="DamagedPictureException">The input is damaged or cut off.</exception>
    /// <exception cref="BadInputException">The input has not the bands that the network takes, or the output cannot hold what is asked for.</exception>
    /// <exception cref="IOException">The input cannot be read or the output not be written.</exception>
    public RasterResult Predict(string input, string output, IProgress<RasterProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        if (Path.GetFullPath(input) == Path.GetFullPath(output)) throw new BadInputException($"{output} is the input itself; name another folder for the results.");
        var receipt = RasterReceipt.Of(input, _model, _options);
        if (receipt.Finished(output) is { } finished) return finished;

        if (File.Exists(RasterReceipt.PathOf(output))) File.Delete(RasterReceipt.PathOf(output));   // from here on the old result is no longer the one it speaks of
        var result = IsTiff(input) ? PredictRaster(input, output, progress, cancel) : PredictPicture(input, output, progress, cancel);
        receipt.Write(result);
        return result;
    }

    /// <summary>Whether a file begins as a TIFF or BigTIFF does, whatever its name.</summary>
    /// <param name="path">The file.</param>
    public static bool IsTiff(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenHandle(path);
        return RandomAccess.Read(file, start, 0) == 4
            && (start.SequenceEqual("II*\0"u8) || start.SequenceEqual("MM\0*"u8) || start.SequenceEqual("II+\0"u8) || start.SequenceEqual("MM\0+"u8));
    }

    private RasterResult PredictRaster(string input, string output, IProgress<RasterProgress>? progress, CancellationToken cancel)
    {
        using var source = RasterTiles.Open(input, _model.Channels, OptionsAt(_model.Scale));
        var reference = GeoReference.Of(source.Raster);
        var isFloat = _options.Output == RasterOutput.FloatingPoint;
        var form = new GeoTiffForm
        {
            Size = source.Size, IsFloat = isFloat, Bands = OutputRows.Bands(_options.Output, _model.Classes.Count),
            Fields = reference.FieldsFor(0, isFloat ? 1 : byte.MaxValue),
        };
        RasterResult? result = null;
        GeoTiffWriter.Write(output, form, file => result = PassWithOutlines(input, output, source, reference, _model.Scale, samples => file.WriteRows(samples), progress, cancel));
        return result! with { HasGeoReference = reference.PixelToMap is not null };
    }

    private RasterResult PredictPicture(string input, string output, IProgress<RasterProgress>? progress, CancellationToken cancel)
    {
        if (OutputRows.Bands(_options.Output, _model.Classes.Count) > 1 || _options.Output == RasterOutput.FloatingPoint)
            throw new BadInputException($"{output}: a PNG holds one band of 8 bits, not {(_options.Output == RasterOutput.FloatingPoint ? "floats" : "probabilities")} of {_model.Classes.Count} classes; ask for a mask, or give the picture as TIFF.");
        if (_model.Channels != 3) throw new BadInputException($"{input} has 3 channels, but the network takes {_model.Channels}; give a TIFF with {_model.Channels} bands.");
        using var source = new PictureTiles(RasterReader.Read(input));
        var mask = new MemoryStream(checked((int)source.Size.Area));
        var result = PassWithOutlines(input, output, source, null, _model.Whole is { } whole ? NetworkScale.Of(source.Size, whole) : _model.Scale, samples => mask.Write(samples), progress, cancel);
        GreyPng.Write(output, source.Size, mask.GetBuffer());
        return result;
    }

    // A tile has as many pixels of the network's as is said, however many of the picture's that are.
    private RasterOptions OptionsAt(NetworkScale scale) => scale == NetworkScale.One ? _options
        : _options with { Tiles = _options.Tiles with { TilePixels = (int)Math.Ceiling(_options.Tiles.TilePixels / Math.Min(scale.X, scale.Y)) } };

    private RasterResult PassWithOutlines(
        string input, string output, ITileSource source, GeoReference? reference, NetworkScale scale, Action<byte[]> write, IProgress<RasterProgress>? progress, CancellationToken cancel)
    {
        if (_options.Polygons is not { } outlines) return Pass(input, output, source, null, scale, write, progress, cancel);
        var path = Path.ChangeExtension(output, ".geojson");
        RasterResult? result = null;
        AtomicFile.Write(path, stream =>
        {
            using var buffered = new BufferedStream(new WrittenFile(stream, path), 1 << 16);
            using var sink = new PolygonSink(buffered, reference, _model.Classes, source.Size.Width, outlines);
            result = Pass(input, output, source, sink, scale, write, progress, cancel);
            sink.Finish();
            buffered.Flush();
            result = result with { Polygons = path, PolygonCount = sink.Count };
        });
        return result!;
    }

    private RasterResult Pass(
        string input, string output, ITileSource source, PolygonSink? sink, NetworkScale scale, Action<byte[]> write, IProgress<RasterProgress>? progress, CancellationToken cancel)
    {
        var pixels = new RasterPass(_model with { Scale = scale }, OptionsAt(scale)).Run(source, (rows, labels) =>
        {
            write(OutputRows.Samples(rows, labels, _options.Output));
            sink?.Add(labels);
            progress?.Report(new RasterProgress(input, rows.Y + rows.Count, source.Size.Height));
        }, cancel);
        return new RasterResult(input, output) { Shares = [.. pixels.Select(count => (double)count / source.Size.Area)] };
    }
}
