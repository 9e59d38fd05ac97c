using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Metrics;
using Altar.Networks;
using Altar.Training;
using static TorchSharp.torch;

namespace Altar.Inference.Masks;

/// <summary>How good a network's masks are, and which pictures are worth a look.</summary>
public sealed class MaskJudgement
{
    private const int MostWorst = 6, MostBest = 3;

    private readonly IReadOnlyList<string> _classes;
    private readonly Normalization _normalization;
    private readonly Func<int, string> _nameOf;
    private readonly double _threshold;
    private readonly SegmentationTally _tally;
    private readonly PixelTally _picture;
    private readonly ThresholdSweep? _sweep;
    private readonly List<MaskExample> _examples = [];

    private MaskJudgement(IReadOnlyList<string> classes, Normalization normalization, Func<int, string> nameOf, double threshold)
    {
        (_classes, _normalization, _nameOf, _threshold) = (classes, normalization, nameOf, threshold);
        (_tally, _picture) = (new SegmentationTally(classes, outlineTolerance: 2), new PixelTally(classes));
        _sweep = classes.Count == 1 ? new ThresholdSweep() : null;
    }

    /// <summary>Over all pixels, picture by picture, and along the outlines within 2 pixels.</summary>
    public SegmentationScores Scores => _tally.Scores();

    /// <summary>The threshold with the best IoU over all pixels; null for more than one class.</summary>
    public SweptThreshold? Threshold => _sweep?.BestIou();

    /// <summary>What a threshold gives over all pixels; null for more than one class.</summary>
    /// <param name="threshold">In [0, 1); the next lower multiple of 1/256 is counted.</param>
    public BinaryCounts? At(double threshold) => _sweep?.At((int)(threshold * ThresholdSweep.Levels));

    /// <summary>The threshold that <see cref="Scores"/> are of; null for more than one class.</summary>
    public double? Decided => _sweep is null ? null : _threshold;

    /// <summary>Pictures that could not be read, with the reason.</summary>
    public IReadOnlyList<DamagedPicture> Skipped { get; internal set; } = [];

    /// <summary>Accuracy of saying the most frequent value everywhere.</summary>
    public double AccuracyOfNothing { get; private set; }

    /// <summary>The worst pictures by their own IoU, worst first.</summary>
    public IReadOnlyList<MaskExample> Worst => [.. _examples.OrderBy(example => example.Score).Take(MostWorst)];

    /// <summary>The best pictures that show a class at all, best first.</summary>
    public IReadOnlyList<MaskExample> Best => [.. _examples.Where(HasObject).OrderByDescending(example => example.Score).Take(MostBest)];

    /// <summary>Runs a network over masked pictures.</summary>
    /// <param name="network">Left in evaluation mode.</param>
    /// <param name="source">Pictures and masks in their own order.</param>
    /// <param name="classes">Names of the classes, in the order of the outputs.</param>
    /// <param name="normalization">How bytes became numbers, to show the pictures.</param>
    /// <param name="nameOf">What a sample is called.</param>
    /// <param name="threshold">For one class: the probability from which on a pixel belongs to it. Default 0.5.</param>
    /// <param name="progress">Told how many samples are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public static MaskJudgement Of(
        VisionNetwork network, IBatchSource source, IReadOnlyList<string> classes, Normalization normalization, Func<int, string> nameOf,
        double threshold = 0.5, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var judgement = new MaskJudgement(classes, normalization, nameOf, threshold);
        var done = 0;
        ValidationPass.Run(network, source, (batch, output) =>
        {
            judgement.Add(batch, output);
            progress?.Report(done += batch.Samples.Count);
        }, cancel);
        var pixels = judgement._tally.Scores().Pixels;
        judgement.AccuracyOfNothing = MostFrequent(pixels);
        return judgement;
    }

    private static double MostFrequent(PixelScores pixels)
    {
        var counts = pixels.PerClass.Select(score => score.Counts.True).ToList();
        if (counts.Count == 1) counts.Add(pixels.Pixels - counts[0]);
        return (double)counts.Max() / pixels.Pixels;
    }

    private void Add(Batch batch, Tensor output)
    {
        var said = SegmentationTask.Decide(output, _threshold).cpu().contiguous();          // [N, H, W]
        var truth = batch.Labels.cpu().contiguous();                                        // [N, H, W]
        var images = batch.Images.cpu();                                                    // [N, C, H, W]
        var probabilities = _sweep is null ? null : output.sigmoid().cpu().contiguous();    // [N, 1, H, W]
        var width = (int)said.shape[2];
        for (var i = 0; i < batch.Samples.Count; i++)
        {
            var (isSaid, isTrue) = (Longs(said, i), Longs(truth, i));
            _tally.AddPicture(isSaid, isTrue, width);
            if (probabilities is not null) _sweep!.Add(Floats(probabilities, i), isTrue);
            Keep(new MaskExample(_nameOf(batch.Samples[i]), ScoreOf(isSaid, isTrue), Photo(images, i), [.. isTrue.Select(value => (int)value)], [.. isSaid.Select(value => (int)value)]));
        }
    }

    private double ScoreOf(long[] said, long[] truth)
    {
        _picture.Clear();
        _picture.Add(said, truth);
        var mean = _picture.Scores().MeanIou;
        return double.IsNaN(mean) ? 1 : mean;   // empty against empty
    }

    // Only the ends of the ranking are shown: what lies between may go, with its pixels.
    private void Keep(MaskExample example)
    {
        _examples.Add(example);
        if (_examples.Count < 4 * (MostWorst + MostBest)) return;
        MaskExample[] kept = [.. Worst, .. Best];
        _examples.Clear();
        _examples.AddRange(kept.Distinct());
    }

    private bool HasObject(MaskExample example) => example.Truth.Any(value => value > 0 || (_classes.Count > 1 && value == 0 && _classes[0] != "background"));

    private Raster Photo(Tensor images, int index)
    {
        using var scope = NewDisposeScope();
        var planes = images[index].permute(1, 2, 0).contiguous();                           // [H, W, C]
        var (values, channels) = (planes.data<float>().ToArray(), (int)planes.shape[2]);
        var raster = new Raster(new PixelSize((int)planes.shape[1], (int)planes.shape[0]));
        for (var pixel = 0; pixel < raster.Size.Area; pixel++)
        {
            for (var color = 0; color < 3; color++)
            {
                var channel = Math.Min(color, channels - 1);                                // grey shows as grey
                var number = values[(pixel * channels) + channel] * _normalization.Std[Math.Min(channel, 2)] + _normalization.Mean[Math.Min(channel, 2)];
                raster.Pixels[(pixel * 3) + color] = (byte)Math.Round(Math.Clamp(number * 255, 0, 255));
            }
        }

        return raster;
    }

    private static long[] Longs(Tensor values, int index)
    {
        using var one = values[index];
        return one.data<long>().ToArray();
    }

    private static float[] Floats(Tensor values, int index)
    {
        using var one = values[index];
        return one.data<float>().ToArray();
    }
}
