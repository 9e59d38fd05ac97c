using System.Numerics;
using OpenCvSharp;

namespace Altar.Datasets.Duplicates;

/// <summary>64 bits that stay nearly the same when a picture is made smaller, coded again or made a little brighter.</summary>
/// <remarks>pHash (Zauner 2010): the signs, against their median, of the 64 lowest frequencies of the 32x32 grey picture.</remarks>
internal static class PerceptualHash
{
    private const int Side = 32, Frequencies = 8;

    /// <summary>The hash of a picture.</summary>
    /// <param name="rgb">The picture, at any size.</param>
    public static ulong Of(Mat rgb)
    {
        using var grey = new Mat();
        Cv2.CvtColor(rgb, grey, ColorConversionCodes.RGB2GRAY);
        using var small = new Mat();
        Cv2.Resize(grey, small, new Size(Side, Side), 0, 0, InterpolationFlags.Area);
        using var real = new Mat();
        small.ConvertTo(real, MatType.CV_32FC1);
        using var spectrum = new Mat();
        Cv2.Dct(real, spectrum);
        return AboveMedian(spectrum);
    }

    /// <summary>In how many bits two hashes differ, 0 to 64.</summary>
    /// <param name="one">A hash.</param>
    /// <param name="other">A hash.</param>
    public static int Distance(ulong one, ulong other) => BitOperations.PopCount(one ^ other);

    private static ulong AboveMedian(Mat spectrum)
    {
        Span<float> lowest = stackalloc float[Frequencies * Frequencies];
        for (var i = 0; i < lowest.Length; i++) lowest[i] = spectrum.At<float>(i / Frequencies, i % Frequencies);
        Span<float> sorted = stackalloc float[lowest.Length];
        lowest.CopyTo(sorted);
        sorted.Sort();
        var median = (sorted[31] + sorted[32]) / 2;
        var bits = 0UL;
        for (var i = 0; i < lowest.Length; i++) bits |= lowest[i] > median ? 1UL << i : 0;
        return bits;
    }
}
