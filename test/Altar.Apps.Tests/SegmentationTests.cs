using System.Text.Json;
using Altar.Images;
using Altar.Images.GeoTiff;

namespace Altar.Apps.Tests;

/// <summary>Masks by whole commands, from the recipe to the outlines: dark squares over noise, in TIFFs that lie somewhere.</summary>
public sealed class SegmentationTests : IDisposable
{
    private const int Side = 64;

    private readonly TemporaryFolder _folder = new();

    public SegmentationTests()
    {
        for (var i = 0; i < 20; i++) Tile($"set/images/tile{i:00}.tif", $"set/gt/tile{i:00}.tif", i);
        File.WriteAllText(At("squares.yaml"), $$"""
            name: squares
            data: {train: {{At("set/images")}}, masks: {{At("set/gt")}}, val: 0.2, classes: [square], crop: 32, size: 32, samples: 2, objects: 0.5, val_samples: 0, threads: 1}
            model: {name: unet_nizhib, filters: 4, weights: none}
            stages: [{epochs: 8, batch: 4, rate: 1e-2, optimizer: adamw, loss: {bce: 1, log_jaccard: 0.3}, augment: light}]
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_tiles_to_masks_and_outlines()
    {
        var train = Altar("train", At("squares.yaml"), "--out", At("run"), "--json");
        Assert.Contains("16 pictures to learn from in 32 crops an epoch, 4 to validate with in 16 tiles, 1 class.", train.Errors, StringComparison.Ordinal);
        Assert.True(train.Json.GetProperty("best").GetProperty("iou").GetDouble() > 0.7, train.Output);
        foreach (var file in (string[])["masks.jpg", "curves.png", "report.html"]) Assert.True(File.Exists(At($"run/{file}")), file);

        var judged = Altar("evaluate", At("run"), "--data", At("set/images"), "--masks", At("set/gt"), "--json").Json;
        var (iou, dice) = (judged.GetProperty("iou").GetDouble(), judged.GetProperty("dice").GetDouble());
        Assert.Equal(2 * iou / (1 + iou), dice, 1e-9);
        Assert.InRange(judged.GetProperty("accuracy").GetDouble(), judged.GetProperty("accuracy_of_nothing").GetDouble(), 1);
        Assert.Equal(("square", iou), (judged.GetProperty("classes")[0].GetProperty("name").GetString(), judged.GetProperty("classes")[0].GetProperty("iou").GetDouble()));
        Assert.Equal(0.5, judged.GetProperty("threshold").GetDouble());

        var ofVal = Altar("evaluate", At("run"), "--data", At("set/images"), "--masks", At("set/gt"), "--threshold", "val", "--json").Json;
        Assert.Equal(judged.GetProperty("val_threshold").GetDouble(), ofVal.GetProperty("threshold").GetDouble());
        Assert.Equal(judged.GetProperty("val_threshold_iou").GetDouble(), ofVal.GetProperty("iou").GetDouble(), 1e-3);

        PredictsWhatTheRunLearnt();
    }

    [Theory]
    [InlineData("evaluate", "--threshold", "1.5", "--threshold: '1.5' is no probability above 0 and below 1, nor val.")]
    [InlineData("train", "--set", "data.classes=[]", "data.classes=[]: is empty, and unet_nizhib learns masks")]
    [InlineData("train", "--set", "data.val=inria", "tile00.tif: the name ")]
    [InlineData("train", "--set", "stages.0.loss={bcee: 1}", "bcee")]
    public void What_cannot_be_is_bad_input(string verb, string option, string value, string message) =>
        Refuses(message, verb == "train" ? Train(option, value) : CommandRun.Of("evaluate", Checkpoint(), "--data", At("set/images"), "--masks", At("set/gt"), option, value));

    [Fact]
    public void Masks_that_do_not_fit_are_told_before_training()
    {
        var mask = At("set/gt/tile03.tif");
        GeoTiffWriter.Write(mask, new GeoTiffForm { Size = new PixelSize(Side, 32), Bands = 1 }, file => file.WriteRows(new byte[Side * 32]));
        Refuses("tile03.tif: the mask is 64x32 pixels and its picture", Train());

        GeoTiffWriter.Write(mask, new GeoTiffForm { Size = PixelSize.Square(Side), Bands = 1 }, file => file.WriteRows([.. Enumerable.Range(0, Side * Side).Select(i => (byte)(i == 66 ? 7 : 0))]));
        Refuses("tile03.tif: the mask has 7 at column 2, row 1, which is no class.", Train());

        File.Delete(mask);
        Refuses("1 of 20 pictures have no mask", Train());
        Assert.False(Directory.Exists(At("refused")));
    }

    private void PredictsWhatTheRunLearnt()
    {
        Tile("new/town.tif", "truth.tif", 99);
        using (var whole = RasterWindows.Open(At("new/town.tif"))) RasterWriter.Write(At("new/photo.png"), whole.Read(PixelBox.Whole(whole.Size)));
        var run = Altar("predict", At("run"), "--input", At("new"), "--out", At("out"), "--tile", "32", "--polygons", "--json");
        Assert.Equal(2, run.Json.GetProperty("pictures").GetInt32());

        using var truth = RasterWindows.Open(At("truth.tif"));
        using var mask = RasterWindows.Open(At("out/town.tif"));
        var (said, isTrue) = (mask.Read(PixelBox.Whole(mask.Size)), truth.Read(PixelBox.Whole(truth.Size)));
        Assert.True(Agreement(said, isTrue) > 0.9, $"{Agreement(said, isTrue):0.000} of the pixels agree");
        Assert.Equal(32633, GeoReference.Of(mask).Epsg);
        Assert.Equal(Row(said, Side / 2), Row(RasterReader.Read(At("out/photo.png")), Side / 2));
        var outline = JsonDocument.Parse(File.ReadAllText(At("out/town.geojson"))).RootElement.GetProperty("features")[0];
        Assert.Equal("square", outline.GetProperty("properties").GetProperty("class").GetString());
    }

    private static byte[] Row(Raster picture, int y) => picture.Row(y).ToArray();

    private static double Agreement(Raster one, Raster other) =>
        Enumerable.Range(0, Side * Side).Count(i => one.Pixels[i * 3] == other.Pixels[i * 3]) / (double)(Side * Side);

    private string At(string name) => _folder.File(name);

    private static CommandRun Altar(params string[] words)
    {
        var run = CommandRun.Of(words);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    private CommandRun Train(params string[] words) => CommandRun.Of(["train", At("squares.yaml"), "--out", At("refused"), .. words]);

    // One epoch is enough to be asked.
    private string Checkpoint()
    {
        Altar("train", At("squares.yaml"), "--out", At("short"), "--set", "stages.0.epochs=1");
        return At("short");
    }

    private void Tile(string image, string mask, int number)
    {
        var random = new Tensors.Seed(5).For(number).ToRandom();
        var (photo, truth) = (new byte[Side * Side * 3], new byte[Side * Side]);
        var (left, top, side) = (random.Next(40), random.Next(40), 16 + random.Next(8));
        for (var i = 0; i < Side * Side; i++)
        {
            var isInside = i % Side >= left && i % Side < left + side && i / Side >= top && i / Side < top + side;
            truth[i] = isInside ? byte.MaxValue : byte.MinValue;
            for (var color = 0; color < 3; color++) photo[(i * 3) + color] = (byte)((isInside ? 20 : 110) + random.Next(90));
        }

        TiffField[] place = [TiffField.Doubles(33550, 0.5, 0.5, 0), TiffField.Doubles(33922, 0, 0, 0, 500000, 5000000, 0), TiffField.Shorts(34735, 1, 1, 0, 3, 1024, 0, 1, 1, 3072, 0, 1, 32633, 3076, 0, 1, 9001)];
        GeoTiffWriter.Write(At(image), new GeoTiffForm { Size = PixelSize.Square(Side), Bands = 3, Fields = place }, file => file.WriteRows(photo));
        GeoTiffWriter.Write(At(mask), new GeoTiffForm { Size = PixelSize.Square(Side), Bands = 1 }, file => file.WriteRows(truth));
    }

    private static void Refuses(string named, CommandRun run)
    {
        Assert.True(run.ExitCode == 2, $"{run.ExitCode}: {run.Errors}{run.Output}");
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }
}
