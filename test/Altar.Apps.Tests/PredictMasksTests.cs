using System.Text.Json;
using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Networks.Weights;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Apps.Tests;

/// <summary>Whole commands on a segmentation checkpoint that says "roof" of every pixel, with the probability 0.8808.</summary>
public sealed class PredictMasksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PredictMasksTests() => SaveCheckpoint(_folder.File("run/checkpoints/best"));

    public void Dispose() => _folder.Dispose();

    private string Raster(string name, int bands = 3, bool isPlaced = true)
    {
        var path = _folder.File(name);
        TiffField[] place = [TiffField.Doubles(33550, 0.5, 0.5, 0), TiffField.Doubles(33922, 0, 0, 0, 500000, 5000000, 0), TiffField.Shorts(34735, 1, 1, 0, 3, 1024, 0, 1, 1, 3072, 0, 1, 32633, 3076, 0, 1, 9001)];
        var form = new GeoTiffForm { Size = new PixelSize(200, 120), Bands = bands, Fields = isPlaced ? place : [] };
        GeoTiffWriter.Write(path, form, file => file.WriteRows(new byte[200 * 120 * bands]));
        return path;
    }

    private CommandRun Predict(params string[] words) => CommandRun.Of(["predict", _folder.File("run"), "--out", _folder.File("out"), "--tile", "64", .. words]);

    [Fact]
    public void Tiles_become_masks_and_outlines_where_the_tiles_lie()
    {
        Raster("in/graz1.tif");
        Raster("in/plain.tif", isPlaced: false);
        File.WriteAllText(_folder.File("in/text.tif"), "no raster");

        var run = Predict("--input", _folder.File("in"), "--views", "flips", "--polygons", "--json");

        Assert.Equal((0, 2, 1), (run.ExitCode, run.Json.GetProperty("pictures").GetInt32(), run.Json.GetProperty("skipped").GetInt32()));
        var first = run.Json.GetProperty("predictions")[0];
        Assert.Equal(_folder.File("out/graz1.tif"), first.GetProperty("output").GetString());
        Assert.True(first.GetProperty("has_geo_reference").GetBoolean());
        Assert.Equal(1, first.GetProperty("shares")[0].GetDouble());
        Assert.Contains("plain.tif has no georeference", run.Errors, StringComparison.Ordinal);   // with --json messages go to stderr

        using var mask = RasterWindows.Open(_folder.File("out/graz1.tif"));
        Assert.Equal((1, 255), (mask.Bands, mask.Read(new PixelBox(199, 119, 1, 1)).Pixels[0]));
        Assert.Equal(32633, GeoReference.Of(mask).Epsg);
        var outline = JsonDocument.Parse(File.ReadAllText(_folder.File("out/graz1.geojson"))).RootElement.GetProperty("features")[0];
        Assert.Equal(100 * 60, outline.GetProperty("properties").GetProperty("area_m2").GetDouble(), 1e-6);
    }

    [Fact]
    public void What_is_finished_is_not_made_again()
    {
        var input = Raster("graz1.tif");
        Predict("--input", input, "--output", "float");

        Assert.Contains("finished before", Predict("--input", input, "--output", "float").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("finished before", Predict("--input", input).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Other_bands_than_three_name_both_numbers_and_the_cure(int bands)
    {
        var run = Predict("--input", Raster("bands.tif", bands));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"{_folder.File("bands.tif")}: has {bands} bands, but the network takes 3", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--bands 1,2,3", run.Errors, StringComparison.Ordinal);
        if (bands == 5) Assert.Equal(0, Predict("--input", Raster("bands.tif", bands), "--bands", "5,3,1").ExitCode);
    }

    [Theory]
    [InlineData("--tile", "100", "a multiple of 16; write 96")]
    [InlineData("--views", "all", "--views: 'all' is not known. Write none, flips or d4.")]
    [InlineData("--output", "png", "--output: 'png' is not known. Write mask, probability or float.")]
    [InlineData("--threshold", "2", "The threshold is 2")]
    [InlineData("--bands", "a,b", "--bands: 'a,b' is no list of bands.")]
    [InlineData("--format", "jsonl", "--format is for labels, and this run is of a segmentation network")]
    public void An_option_that_does_not_fit_is_bad_input(string option, string value, string message)
    {
        var input = Raster("graz1.tif");
        var run = CommandRun.Of("predict", _folder.File("run"), "--out", _folder.File("out"), "--input", input, option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void A_truncated_tiff_is_told_alone_and_passed_over_in_a_folder()
    {
        Raster("in/whole.tif");
        File.WriteAllBytes(_folder.File("in/half.tif"), File.ReadAllBytes(Raster("in/whole.tif"))[..200]);

        var alone = Predict("--input", _folder.File("in/half.tif"));
        var both = Predict("--input", _folder.File("in"), "--json");

        Assert.Equal(2, alone.ExitCode);
        Assert.Matches("^.*half.tif: is cut off.*; copy it or write it anew.\n$", alone.Errors);
        Assert.Equal((0, 1), (both.ExitCode, both.Json.GetProperty("pictures").GetInt32()));
        Assert.EndsWith("half.tif", both.Json.GetProperty("skipped_files")[0].GetProperty("input").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_folder_keeps_what_is_finished_and_goes_on_there()
    {
        Raster("in/a.tif");
        GeoTiffWriter.Write(_folder.File("in/b.tif"), new GeoTiffForm { Size = PixelSize.Square(3000), Bands = 3 }, file => file.WriteRows(new byte[3000 * 3000 * 3]));
        string[] words = ["predict", _folder.File("run"), "--input", _folder.File("in"), "--out", _folder.File("out"), "--tile", "64", "--views", "d4", "--json"];
        using var process = CommandRun.Start("env", _folder.Path, ["--default-signal=INT", "dotnet", CommandRun.Cli, .. words]);
        while (!process.HasExited && (!Directory.Exists(_folder.File("out")) || Directory.GetFiles(_folder.File("out"), "b.tif*").Length == 0)) Thread.Sleep(20);
        process.Send(Signals.Interrupt);

        var run = CommandRun.ToEnd(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("What is finished stays in", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.tif", "a.tif.json"], Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        File.Delete(_folder.File("in/b.tif"));
        Assert.True(CommandRun.Of(words).Json.GetProperty("predictions")[0].GetProperty("was_finished").GetBoolean());
    }

    // A limit on the size of files stands for a full disk.
    [Fact]
    public void A_full_disk_in_the_middle_is_told_and_leaves_nothing_half_written()
    {
        var random = new Altar.Tensors.Seed(1).ToRandom();
        var noise = new byte[600 * 600 * 3];
        random.NextBytes(noise);
        GeoTiffWriter.Write(_folder.File("noise.tif"), new GeoTiffForm { Size = PixelSize.Square(600), Bands = 3 }, file => file.WriteRows(noise));
        SaveCheckpoint(_folder.File("run/checkpoints/best"), isConstant: false);

        var run = CommandRun.ToEnd(CommandRun.Start("bash", _folder.Path,
            "-c", "ulimit -f 64; trap \"\" XFSZ; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "bash",
            "dotnet", CommandRun.Cli, "predict", _folder.File("run"), "--input", _folder.File("noise.tif"), "--out", _folder.File("out"), "--output", "float", "--tile", "64"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("out/noise.tif", run.Errors, StringComparison.Ordinal);
        Assert.Contains("File too large", run.Errors, StringComparison.Ordinal);
        Assert.Contains("free some space", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("out")));
    }

    private static void SaveCheckpoint(string folder, bool isConstant = true)
    {
        Altar.Tensors.NativeLibraries.Prepare();
        var model = new ModelOptions { Name = "unet_nizhib", Filters = 2 };
        using var network = SegmentationCatalog.Create(model, 1, seed: new Altar.Tensors.Seed(1));
        using (no_grad())
        {
            foreach (var (name, parameter) in network.named_parameters().Where(parameter => isConstant && parameter.name.StartsWith(network.HeadPrefix, StringComparison.Ordinal)))
            {
                using var value = full_like(parameter, name.EndsWith("bias", StringComparison.Ordinal) ? 2 : 0);
                parameter.copy_(value);
            }
        }

        Safetensors.Write(Path.Combine(folder, "model.safetensors"), network.state_dict());
        ModelCardFile.Write(folder, new ModelCard { Model = model, Classes = ["roof"], Size = PixelSize.Square(64) });
    }
}
