using Altar.Augmentation;
using Altar.Datasets;
using Altar.Images;
using Altar.Metrics;
using Altar.Reports;
using Altar.Tensors;
using SkiaSharp;

namespace Altar.Tests.Reports;

public class PictureTests
{
    private static readonly string[] Animals = ["cat", "dog", "emu"];

    [Fact]
    public void Worst_errors_are_those_whose_truth_was_least_believed()
    {
        Prediction[] predictions =
        [
            new("right.jpg", 0, [0.9f, 0.1f]), new("mild.jpg", 0, [0.4f, 0.6f]),
            new("severe.jpg", 1, [0.95f, 0.05f]), new("unknown.jpg", -1, [0.5f, 0.5f]),
        ];

        var errors = WorstErrors.Of(predictions, 5);

        Assert.Equal([new("severe.jpg", 1, 0, 0.95f, 0.05f), new("mild.jpg", 0, 1, 0.6f, 0.4f)], errors);
        Assert.Equal("severe.jpg", Assert.Single(WorstErrors.Of(predictions, 1)).Path);
    }

    [Fact]
    public void Error_sheet_shows_the_photo_in_its_colours()
    {
        using var folder = new TemporaryFolder();
        var red = new Raster(PixelSize.Square(64));
        for (var i = 0; i < 64 * 64; i++) red.Pixels[i * 3] = 200;
        RasterWriter.Write(folder.In("red.png"), red);

        ErrorSheet.Save(folder.In("errors.jpg"), [new(folder.In("red.png"), 0, [0.1f, 0.9f])], ["a", "b"]);

        using var sheet = SKBitmap.Decode(folder.In("errors.jpg"));
        var middle = sheet.GetPixel(14 + 100, 58 + 100);   // of the first frame: left margin and title, then half of 200
        Assert.InRange(middle.Red, 185, 215);
        Assert.InRange(middle.Green, 0, 20);
    }

    [Fact]
    public void Error_sheet_stands_without_errors_and_with_photos_that_are_gone()
    {
        using var folder = new TemporaryFolder();

        ErrorSheet.Save(folder.In("none.jpg"), [new("a.jpg", 0, [0.9f, 0.1f])], ["a", "b"]);
        ErrorSheet.Save(folder.In("gone.jpg"), FakeRun.Predictions(Animals, 100), Animals, count: 6);

        Assert.Equal((870, 72), PictureSizes.Of(folder.In("none.jpg")));      // four columns wide, the title alone
        Assert.Equal((1298, 334), PictureSizes.Of(folder.In("gone.jpg")));    // 14 + 6 * 214; 58 + 200 + 14 + 48 + 14
    }

    [Fact]
    public void Confusion_grows_with_the_classes_until_it_becomes_a_list()
    {
        using var folder = new TemporaryFolder();

        var widths = new[] { 1, 3, 10, 30, 31, 4000 }.Select(count => Width(folder, count)).ToList();

        Assert.True(widths[0] <= widths[1] && widths[1] < widths[2] && widths[2] < widths[3], string.Join(", ", widths));
        Assert.Equal([1100, 1100], widths[4..]);
    }

    [Fact]
    public void Contact_sheet_has_a_row_for_each_class()
    {
        using var folder = new TemporaryFolder();
        RasterWriter.Write(folder.In("a.png"), new Raster(PixelSize.Square(8)));
        var set = new PictureSet("test", Animals, [new Sample(folder.In("a.png"), 0), new Sample(folder.In("b.png"), 2)]);

        ContactSheet.Save(folder.In("contact.jpg"), set, new Seed(1));

        Assert.Equal((870, 58 + (3 * 38) + (2 * 214) + 14), PictureSizes.Of(folder.In("contact.jpg")));   // emu's photo is missing, dog has none
    }

    [Fact]
    public void Augmentation_sheet_shows_each_photo_and_its_views_the_same_for_the_same_seed()
    {
        using var folder = new TemporaryFolder();
        RasterWriter.Write(folder.In("a.png"), Stripes());
        var augmenter = new Augmenter(AugmentationOptions.Light, PixelSize.Square(32));

        AugmentationSheet.Save(folder.In("one.jpg"), "light", [folder.In("a.png"), folder.In("gone.png")], augmenter, new Seed(1), draws: 5);
        AugmentationSheet.Save(folder.In("same.jpg"), "light", [folder.In("a.png"), folder.In("gone.png")], augmenter, new Seed(1), draws: 5);
        AugmentationSheet.Save(folder.In("other.jpg"), "light", [folder.In("a.png"), folder.In("gone.png")], augmenter, new Seed(2), draws: 5);

        Assert.Equal((14 + (6 * 214), 58 + (2 * 214) + 14), PictureSizes.Of(folder.In("one.jpg")));
        Assert.Equal(File.ReadAllBytes(folder.In("one.jpg")), File.ReadAllBytes(folder.In("same.jpg")));
        Assert.NotEqual(File.ReadAllBytes(folder.In("one.jpg")), File.ReadAllBytes(folder.In("other.jpg")));
    }

    [Fact]
    public void Letters_come_with_the_library()
    {
        Assert.Equal("Inter", Typefaces.Regular.FamilyName);
        Assert.True(Typefaces.Bold.IsBold);
        Assert.Same(Typefaces.Regular, Typefaces.For("Größe → Футболка, ψυχή"));
    }

    [Fact]
    public void A_name_is_shortened_to_its_room()
    {
        using var surface = SKSurface.Create(new SKImageInfo(400, 40));
        surface.Canvas.Clear(SKColors.White);

        Lettering.Draw(surface.Canvas, "a name that is much too long for its room", 0, 30, 20, SKColors.Black, room: 100);

        using var picture = SKBitmap.FromImage(surface.Snapshot());
        Assert.Contains(Enumerable.Range(0, 100), x => HasInk(picture, x));
        Assert.DoesNotContain(Enumerable.Range(102, 298), x => HasInk(picture, x));
    }

    // Each column brighter than the one before: every crop and mirror of it differs.
    private static Raster Stripes()
    {
        var raster = new Raster(PixelSize.Square(64));
        for (var i = 0; i < 64 * 64 * 3; i++) raster.Pixels[i] = (byte)(i / 3 % 64 * 4);
        return raster;
    }

    private static bool HasInk(SKBitmap picture, int x) => Enumerable.Range(0, picture.Height).Any(y => picture.GetPixel(x, y).Red < 200);

    private static int Width(TemporaryFolder folder, int count)
    {
        string[] classes = [.. Enumerable.Range(0, count).Select(k => $"class {k}")];
        var path = folder.In($"{count}.png");
        ConfusionPlot.Save(path, ClassificationScores.From(classes, FakeRun.Predictions(classes, 50)));
        return PictureSizes.Of(path).Width;
    }
}
