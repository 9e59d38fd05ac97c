using Altar.Datasets;
using Altar.Datasets.Duplicates;
using Altar.Datasets.Generated;
using Altar.Images;
using Altar.Tensors;
using OpenCvSharp;

namespace Altar.Tests.Datasets.Generated;

public class GeneratedProductsTests
{
    private static readonly GeneratedProductsOptions Small = new() { TrainPictures = 30, ValPictures = 20, FlippedShare = 0.1 };

    [Fact]
    public void The_known_share_of_training_labels_is_wrong_and_all_of_val_are_right()
    {
        using var folder = new TemporaryFolder();
        GeneratedProducts.Write(folder.Path, new Seed(1), Small);

        var train = CsvReader.Read(folder.Of("train.csv")).Skip(1).Select(row => row.Fields).ToList();
        var val = CsvReader.Read(folder.Of("val.csv")).Skip(1).Select(row => row.Fields).ToList();

        //   image, label, flipped, clean_label
        Assert.Equal(3, train.Count(row => row[2] == "true"));
        Assert.All(train, row => Assert.Equal(row[2] == "true", row[1] != row[3]));
        Assert.DoesNotContain("true", val.Select(row => row[2]));
        Assert.Equal(GeneratedProducts.Classes.Select(name => (name, 2)), val.CountBy(row => row[1]).Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_seed_draws_the_same_pictures_and_another_seed_others()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, seed) in new[] { ("one", 1UL), ("same", 1UL), ("other", 2UL) }) GeneratedProducts.Write(folder.Of(name), new Seed(seed), Small);

        Assert.Equal(Contents("one"), Contents("same"));
        Assert.NotEqual(Contents("one"), Contents("other"));
        string[] Contents(string name) => [.. Directory.GetFiles(folder.Of(name), "*", SearchOption.AllDirectories).Order().Select(Fingerprint.ContentOf)];
    }

    [Fact]
    public void Sizes_and_aspects_vary_and_nothing_leaks()
    {
        using var folder = new TemporaryFolder();
        GeneratedProducts.Write(folder.Path, new Seed(1), Small);

        var pictures = TrainingPictures.Open(new DataOptions { Train = folder.Of("train.csv"), Val = folder.Of("val.csv") }, new Seed(1));
        var sizes = pictures.Train.Samples.Select(sample => RasterReader.ReadHeader(sample.Path).Size).ToList();

        Assert.Empty(pictures.Warnings);
        Assert.Equal(GeneratedProducts.Classes, pictures.Train.Classes);
        Assert.Contains(sizes, size => size.Width > 1.3 * size.Height);
        Assert.Contains(sizes, size => size.Height > 1.3 * size.Width);
        Assert.All(sizes, size => Assert.InRange(size.Shorter, 112, 207));
    }

    [Fact]
    public void A_linear_classifier_on_8x8_thumbnails_stays_below_one_half()
    {
        var seed = new Seed(1);
        var pictures = Enumerable.Range(0, 800).AsParallel().AsOrdered().Select(i => (Pixels: Thumbnail(i % 10, seed.For(i).ToRandom()), Label: i % 10)).ToList();

        var share = LinearClassifier.ShareRight(pictures[..600], pictures[600..], classes: 10);

        //   chance is 0.10
        Assert.InRange(share, 0, 0.4);
    }

    [Fact]
    public void A_missing_set_is_generated_whole_and_an_existing_one_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var set = folder.Of("data/products");

        GeneratedSets.WriteWhole(set, Small, CancellationToken.None);

        Assert.True(File.Exists(Path.Combine(set, "val.csv")));
        Assert.Equal([set], Directory.GetFileSystemEntries(folder.Of("data")));
        Assert.False(GeneratedSets.Ensure(new DataOptions { Generate = "products", Train = Path.Combine(set, "train.csv") }));
        Assert.False(GeneratedSets.Ensure(new DataOptions { Train = folder.Of("none/train.csv") }));
    }

    [Fact]
    public void A_cancelled_set_leaves_nothing()
    {
        using var folder = new TemporaryFolder();

        Assert.ThrowsAny<OperationCanceledException>(() => GeneratedSets.WriteWhole(folder.Of("products"), Small, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("cars", "data/cars/train.csv", "no set 'cars'. There are products and aerial")]
    [InlineData("products", "data/products", "Name a file train.csv in a folder of its own")]
    [InlineData("aerial", "data/aerial", "Name a folder train/images in a folder of its own")]
    public void What_cannot_be_generated_is_named(string name, string train, string expected) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => GeneratedSets.Ensure(new DataOptions { Generate = name, Train = train })).Message, StringComparison.Ordinal);

    private static float[] Thumbnail(int product, Random random)
    {
        var raster = ProductPicture.Draw(product, random);
        using var picture = Mat.FromPixelData(raster.Size.Height, raster.Size.Width, MatType.CV_8UC3, raster.Pixels);
        using var small = new Mat();
        Cv2.Resize(picture, small, new Size(8, 8), 0, 0, InterpolationFlags.Area);
        return [.. small.AsSpan<byte>().ToArray().Select(level => (level - 128) / 64f)];
    }
}
