using System.Buffers.Binary;
using Altar.Images;
using Altar.Recipes;
using Altar.Tests.Images;
using Altar.Training;
using OpenCvSharp;

namespace Altar.Tests.Recipes;

/// <summary>Whole runs on folders as people have them: every kind of file, sizes from one pixel, and some that are no pictures.</summary>
public sealed class OddPicturesTests : IDisposable
{
    private readonly StripedFolder _pictures = new(train: 60, val: 20);

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Photos_of_every_kind_train_also_where_they_are_smaller_than_the_input()
    {
        Add("grey.png", Encoded(".png", MatType.CV_8UC1));
        Add("grey16.tif", Encoded(".tif", MatType.CV_16UC1));
        Add("sixteen.png", Encoded(".png", MatType.CV_16UC3));
        Add("alpha.png", Encoded(".png", MatType.CV_8UC4));
        Add("alpha16.png", Encoded(".png", MatType.CV_16UC4));
        Add("cmyk.jpg", PictureFiles.CmykJpeg(cyan: 9, magenta: 99, yellow: 199, black: 255));
        Add("turned.JPG", PictureFiles.JpegWithTurn(PictureFiles.Fields(40, 24), orientation: 6));
        Add("wide.webp", RasterWriter.Encode(".webp", PictureFiles.Fields(300, 4)));
        Add("high.bmp", RasterWriter.Encode(".bmp", PictureFiles.Fields(2, 200)));
        Add("one.png", RasterWriter.Encode(".png", new Raster(PixelSize.Square(1))));
        Add("one.jpg", RasterWriter.Encode(".jpg", new Raster(PixelSize.Square(1))));
        TiffFiles.WriteCmyk16(Path.Combine(_pictures.Train, "level", "cmyk16.tif"), cyan: 0, magenta: 99, yellow: 0xFFFF, black: 0);

        var (result, warnings) = Run(size: 64);

        Assert.Equal(3, result.Epochs);
        Assert.Empty(result.SetAside);
        Assert.DoesNotContain(warnings, warning => warning.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_that_are_no_pictures_are_counted_and_listed_and_the_run_goes_on()
    {
        Add("short.jpg", RasterWriter.Encode(".jpg", PictureFiles.Fields(40, 36)).AsSpan()[..^200]);
        Add("text.jpg", "no picture"u8);
        var claim = RasterWriter.Encode(".png", PictureFiles.Fields(40, 36));
        BinaryPrimitives.WriteInt32BigEndian(claim.AsSpan(16), 60_000);   // width
        BinaryPrimitives.WriteInt32BigEndian(claim.AsSpan(20), 60_000);   // height
        Add("huge.png", claim);

        var (result, warnings) = Run(size: 32);

        Assert.Equal(3, result.Epochs);
        Assert.Equal(["huge.png", "short.jpg", "text.jpg"], result.SetAside.Keys.Select(Path.GetFileName).Order());
        Assert.Contains(warnings, warning => warning.StartsWith("3 of 83 pictures cannot be read and are left out: ", StringComparison.Ordinal));
        var report = File.ReadAllText(Path.Combine(result.Folder, "report.html"));
        Assert.All(["huge.png", "60000x60000", "short.jpg", "text.jpg"], part => Assert.Contains(part, report, StringComparison.Ordinal));
    }

    private void Add(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(_pictures.Train, "level", name), bytes);

    private static byte[] Encoded(string ending, MatType type)
    {
        using var picture = new Mat(20, 30, type, new Scalar(40, 80, 160, 200));
        Cv2.ImEncode(ending, picture, out var bytes);
        return bytes;
    }

    private (RunResult Result, List<string> Warnings) Run(int size)
    {
        var recipe = RecipeFile.Parse($$"""
            data: {train: {{_pictures.Train}}, val: {{_pictures.Val}}, size: {{size}}}
            model: {name: resnet20_cifar, weights: none}
            stages:
              - {name: head, learns: head, epochs: 1, batch: 16, rate: 1e-3, norm: frozen, augment: none}
              - {name: hard, epochs: 1, batch: 16, rate: 1e-3, augment: hard}
              - {name: light, epochs: 1, batch: 16, rate: 1e-3, augment: light}
            """, "odd.yaml");
        var told = new Told();
        var result = TrainingRun.Execute(recipe, new RunOptions { Folder = Path.Combine(_pictures.Home, "run"), Device = "cpu" }, told, TestContext.Current.CancellationToken);
        return (result, told.Warnings);
    }

    private sealed class Told : IProgress<TrainingEvent>
    {
        public List<string> Warnings { get; } = [];

        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.Warning warning) Warnings.Add(warning.Text);
        }
    }
}
