using Altar.Augmentation;
using Altar.Datasets;
using Altar.Datasets.Inspecting;
using Altar.Images;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Tests.Reports;

public class InspectionReportTests
{
    [Fact]
    public void Page_tells_counts_damage_and_copies_and_the_sheets_lie_beside_it()
    {
        using var folder = new TemporaryFolder();
        var set = WriteSet(folder);
        var found = Inspection.Of(folder.In("set"), new DataOptions());

        InspectionReport.Write(folder.In("out"), found, set, new Seed(1), [new("light", AugmentationOptions.Light)], PixelSize.Square(32));

        var page = File.ReadAllText(folder.In("out/inspection.html"));
        Assert.All(
            ["<span>pictures</span><b>5</b>", "<span>damaged</span><b>1</b>", "<span>same files</span><b>1</b>", "broken.jpg", "a&amp;b"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotMatch("https?://|<script|<link", page);
        Assert.Superset(
            new HashSet<string> { "inspection.html", "inspection.json", "contact.jpg", "augmented-light.jpg" },
            Directory.GetFiles(folder.In("out")).Select(path => Path.GetFileName(path)).ToHashSet());
    }

    [Fact]
    public void Near_duplicates_are_shown_side_by_side()
    {
        using var folder = new TemporaryFolder();
        var set = WriteSet(folder);
        var found = Inspection.Of(folder.In("set"), new DataOptions());
        var copies = found with { NearDuplicates = [[set.Samples[0].Path, set.Samples[1].Path]] };

        InspectionReport.Write(folder.In("out"), copies, set, new Seed(1), [], PixelSize.Square(32));

        Assert.Equal((870, 58 + 214 + 48 + 14), PictureSizes.Of(folder.In("out/duplicates.jpg")));
    }

    // Two classes of two photos; one photo is there twice; one file is no picture.
    private static PictureSet WriteSet(TemporaryFolder folder)
    {
        var random = new Seed(1).ToRandom();
        foreach (var name in (string[])["a&b/1.png", "a&b/2.png", "c/1.png"])
        {
            var raster = new Raster(PixelSize.Square(48));
            random.NextBytes(raster.Pixels);
            RasterWriter.Write(folder.In($"set/{name}"), raster);
        }

        File.Copy(folder.In("set/c/1.png"), folder.In("set/c/2.png"));
        File.WriteAllText(folder.In("set/c/broken.jpg"), "no picture");
        return ImageFolder.Open(folder.In("set"));
    }
}
