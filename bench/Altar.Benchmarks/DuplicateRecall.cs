using System.Globalization;
using Altar.Datasets.Duplicates;
using Altar.Images;
using Altar.Networks;
using Altar.Search;
using OpenCvSharp;

namespace Altar.Benchmarks;

/// <summary>What the thresholds of near-duplicates rest on: cosine and hash bits of altered copies of photos, and of different photos, and what the defaults find of them.</summary>
internal static class DuplicateRecall
{
    private static readonly (string Name, Func<Mat, Mat> Alter)[] Copies =
    [
        ("half the size", photo => photo.Resize(new Size(photo.Width / 2, photo.Height / 2), interpolation: InterpolationFlags.Area)),
        ("JPEG at 30", photo => Coded(photo, 30)),
        ("20 levels brighter", photo => Converted(photo, 1, 20)),
        ("mirrored", photo => photo.Flip(FlipMode.Y)),
        ("5 % cut off each side", photo => Cut(photo, 0.05)),
        ("10 % cut off each side", photo => Cut(photo, 0.1)),
        ("turned by 3 degrees", Turned),
    ];

    /// <param name="weights">A file of MobileNetV2's weights that wants TensorFlow's preprocessing and padding.</param>
    public static void Run(string weights)
    {
        var model = new ModelOptions { Name = "mobilenet_v2", Weights = weights, Padding = PaddingStyle.TensorFlow, Preprocessing = Normalization.TensorFlow };
        using var embedder = PhotoEmbedder.Create(model, PixelSize.Square(224), "cpu");
        var paths = ClothingPhotos.Open("val.csv").Samples.Select(sample => sample.Path).ToList();
        var originals = paths.Select(path => Seen.Of(RasterReader.Read(path), embedder)).ToList();
        Console.WriteLine($"{paths.Count} photos, MobileNetV2: quantiles of the cosine (1, 5, 50 %) and of the bits (50, 95, 99 %)");
        foreach (var (name, alter) in Copies)
        {
            var pairs = paths.Zip(originals, (path, original) => original.Pair(Seen.Of(Altered(path, alter), embedder))).ToList();
            Print(name, pairs);
        }

        var strangers = Enumerable.Range(0, originals.Count).SelectMany(i => Enumerable.Range(0, i).Select(j => originals[i].Pair(originals[j]))).ToList();
        Print("different photos", strangers);
        foreach (var pair in strangers.OrderByDescending(pair => pair.Cosine).Take(10)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {pair.Cosine:0.000} {pair.Bits} bits {(pair.IsCopy ? "same look" : "")}"));
    }

    private static void Print(string name, List<Pair> pairs)
    {
        var (cosines, bits, options) = (pairs.Select(pair => pair.Cosine).Order().ToList(), pairs.Select(pair => pair.Bits).Order().ToList(), new DuplicateOptions());
        double Share(Func<Pair, bool> holds) => (double)pairs.Count(holds) / pairs.Count;
        bool IsFound(Pair pair) => pair.IsCopy || pair.Cosine >= options.Same || (pair.Cosine >= options.Similar && pair.Bits <= options.Bits);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-24} cosine {At(cosines, 0.01):0.000} {At(cosines, 0.05):0.000} {At(cosines, 0.5):0.000} to {cosines[^1]:0.000}   bits {At(bits, 0.5)} {At(bits, 0.95)} {At(bits, 0.99)}   look alone {Share(pair => pair.IsCopy):0.000}  embedding alone {Share(pair => pair.Cosine >= options.Same):0.000}  together {Share(IsFound):0.00000}"));
    }

    private static T At<T>(List<T> sorted, double quantile) => sorted[(int)(quantile * (sorted.Count - 1))];

    private static Raster Altered(string path, Func<Mat, Mat> alter)
    {
        using var photo = Cv2.ImRead(path);
        using var copy = alter(photo);
        using var rgb = copy.CvtColor(ColorConversionCodes.BGR2RGB);
        var raster = new Raster(new PixelSize(rgb.Width, rgb.Height));
        rgb.AsSpan<byte>().CopyTo(raster.Pixels);
        return raster;
    }

    private static Mat Coded(Mat photo, int quality)
    {
        Cv2.ImEncode(".jpg", photo, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
        return Cv2.ImDecode(bytes, ImreadModes.Color);
    }

    private static Mat Converted(Mat photo, double factor, double shift)
    {
        var copy = new Mat();
        photo.ConvertTo(copy, MatType.CV_8UC3, factor, shift);
        return copy;
    }

    private static Mat Cut(Mat photo, double share)
    {
        var (x, y) = ((int)(share * photo.Width), (int)(share * photo.Height));
        using var part = photo[new Rect(x, y, photo.Width - (2 * x), photo.Height - (2 * y))];
        return part.Clone();
    }

    private static Mat Turned(Mat photo)
    {
        using var turn = Cv2.GetRotationMatrix2D(new Point2f(photo.Width / 2f, photo.Height / 2f), 3, 1);
        return photo.WarpAffine(turn, photo.Size());
    }

    private sealed record Pair(double Cosine, int Bits, bool IsCopy);

    private sealed record Seen(float[] Feature, Look Look)
    {
        public static Seen Of(Raster picture, PhotoEmbedder embedder) => new(embedder.Embed(picture), Look.Of(picture));

        public Pair Pair(Seen other) => new(VectorCode.Dot(Feature, other.Feature), PerceptualHash.Distance(Look.Hash, other.Look.Hash), Look.IsNear(other.Look));
    }
}
