using System.Text;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Generated;

/// <summary>
/// A set with real difficulty that needs no download: ten classes of patterned products over cluttered backgrounds. Only shape and
/// pattern tell the classes apart; colour, place, scale, turn, light and the picture's size are chance, and a known few labels are wrong.
/// </summary>
public static class GeneratedProducts
{
    /// <summary>The manifest of the training pictures in the folder.</summary>
    public const string TrainName = "train.csv";

    /// <summary>The manifest of the validation pictures in the folder.</summary>
    public const string ValName = "val.csv";

    /// <summary>The names of the classes, in ordinal order.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. ProductShapes.All.Select(shape => shape.Name)];

    /// <summary>Writes JPEG files and the manifests <c>train.csv</c> and <c>val.csv</c> with the columns image, label, flipped, clean_label.</summary>
    /// <param name="folder">Where to; it is made.</param>
    /// <param name="seed">The same seed gives the same labels, and on the same machine the same pixels.</param>
    /// <param name="options">How many.</param>
    /// <param name="cancel">Ends the work between two pictures.</param>
    /// <exception cref="BadInputException">An option is outside of its range.</exception>
    public static void Write(string folder, Seed seed, GeneratedProductsOptions? options = null, CancellationToken cancel = default)
    {
        options = (options ?? new()).Validated();
        WriteSide(folder, TrainName, options.TrainPictures, options.FlippedShare, seed, cancel);
        WriteSide(folder, ValName, options.ValPictures, flippedShare: 0, seed, cancel);
    }

    private static void WriteSide(string folder, string manifest, int pictures, double flippedShare, Seed seed, CancellationToken cancel)
    {
        var side = Path.GetFileNameWithoutExtension(manifest);
        var sideSeed = seed.For(side);
        Directory.CreateDirectory(Path.Combine(folder, side));
        Parallel.For(0, pictures, Threads.Limit(0, cancel), index => WritePicture(Path.Combine(folder, ImageName(side, index)), index % Classes.Count, sideSeed.For(index)));

        var wrong = WrongLabels(pictures, flippedShare, sideSeed.For("labels").ToRandom());
        var lines = new StringBuilder("image,label,flipped,clean_label\n");
        for (var index = 0; index < pictures; index++)
        {
            var clean = index % Classes.Count;
            var label = wrong.GetValueOrDefault(index, clean);
            lines.Append($"{ImageName(side, index)},{Classes[label]},{(label == clean ? "false" : "true")},{Classes[clean]}\n");
        }

        AtomicFile.WriteText(Path.Combine(folder, manifest), lines.ToString());
    }

    private static string ImageName(string side, int index) => $"{side}/{index:00000}.jpg";

    // Not through AtomicFile: thousands of flushes to disk would take longer than the drawing. The manifest comes last.
    private static void WritePicture(string path, int product, Seed seed)
    {
        var random = seed.ToRandom();
        var raster = ProductPicture.Draw(product, random);
        File.WriteAllBytes(path, RasterWriter.Encode(".jpg", raster, quality: random.Next(70, 96)));
    }

    /// <returns>Index of the picture to its wrong label.</returns>
    private static Dictionary<int, int> WrongLabels(int pictures, double share, Random random)
    {
        var order = Enumerable.Range(0, pictures).ToArray();
        random.Shuffle(order);
        return order.Take((int)Math.Round(pictures * share)).ToDictionary(index => index, index => (index + random.Next(1, Classes.Count)) % Classes.Count);
    }
}
