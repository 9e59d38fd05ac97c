namespace Altar.Metrics;

/// <summary>Counts mask by mask: over all pixels together, each picture for itself, and along the outlines.</summary>
public sealed class SegmentationTally
{
    private const byte Ignored = 255;

    private readonly IReadOnlyList<string> _classes;
    private readonly int? _tolerance;
    private readonly PixelTally _all, _picture;
    private readonly double[] _iou, _dice;
    private readonly BoundaryCounts[] _outlines;
    private byte[] _said = [], _truth = [];
    private long _pictures;

    /// <summary>Begins at zero.</summary>
    /// <param name="classes">Names of the classes, 1 to 255, in the order of the mask values; one name is class 1 against the background 0.</param>
    /// <param name="outlineTolerance">How far a matching outline may lie, in pixels. Default: outlines are not judged, which saves time.</param>
    public SegmentationTally(IReadOnlyList<string> classes, int? outlineTolerance = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes.Count, Ignored, nameof(classes));
        (_classes, _tolerance, _all, _picture) = (classes, outlineTolerance, new PixelTally(classes), new PixelTally(classes));
        (_iou, _dice, _outlines) = (new double[classes.Count], new double[classes.Count], new BoundaryCounts[classes.Count]);
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="said">A class for each pixel, row by row.</param>
    /// <param name="truth">The same pixels in the same order; -1 is passed over.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels, or a value outside the classes.</exception>
    public void AddPicture(ReadOnlySpan<long> said, ReadOnlySpan<long> truth, int width) =>
        AddPicture(Bytes(said, ref _said), Bytes(truth, ref _truth), width);

    /// <summary>Adds a picture.</summary>
    /// <param name="said">A class for each pixel, row by row.</param>
    /// <param name="truth">The same pixels in the same order; 255 is passed over.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels, or a value outside the classes.</exception>
    public void AddPicture(ReadOnlySpan<byte> said, ReadOnlySpan<byte> truth, int width)
    {
        _picture.Clear();
        _picture.Add(said, truth, Ignored);
        _all.Add(_picture);
        _pictures++;
        for (var index = 0; index < _classes.Count; index++)
        {
            var counts = _picture.CountsOf(index);
            _iou[index] += OneIfEmpty(counts.Iou);
            _dice[index] += OneIfEmpty(counts.Dice);
            if (_tolerance is { } tolerance) _outlines[index] += BoundaryCounts.Of(said, truth, width, tolerance, _classes.Count == 1 ? 1 : index, Ignored);
        }
    }

    /// <summary>The scores of everything added so far.</summary>
    public SegmentationScores Scores() => new()
    {
        Pictures = _pictures,
        Pixels = _all.Scores(),
        PerPicture = [.. _classes.Select((name, index) => new PictureScore(name, _iou[index] / _pictures, _dice[index] / _pictures))],
        Outlines = _tolerance is null ? null : [.. _outlines],
    };

    // Empty against empty is perfect.
    private static double OneIfEmpty(double share) => double.IsNaN(share) ? 1 : share;

    // -1 becomes 255, which no class has.
    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<long> values, ref byte[] buffer)
    {
        if (buffer.Length < values.Length) buffer = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            buffer[i] = values[i] is >= -1 and < Ignored ? unchecked((byte)values[i]) : throw new ArgumentException($"pixel {i} has the value {values[i]}, which is no class.");
        }

        return buffer.AsSpan(0, values.Length);
    }
}
