using Altar.Images;
using Altar.Inference.Tiles;
using Altar.Tensors;
using Altar.Tests.Images;

namespace Altar.Tests.Inference.Tiles;

public sealed class RasterBatchTests : IDisposable
{
    private static readonly RasterOptions Small = new() { Tiles = new TileOptions { TilePixels = 32 } };

    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    private string Write(string name, int bands = 3)
    {
        var path = _files.Free(Path.Combine("in", name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        RasterFiles.Write(path, new PixelSize(40, 30), new RasterKind { Bands = bands, Colors = bands == 3 ? BitMiracle.LibTiff.Classic.Photometric.RGB : BitMiracle.LibTiff.Classic.Photometric.MINISBLACK });
        return path;
    }

    private IReadOnlyList<(string Input, string Output)> Places(params string[] inputs) => RasterBatch.Places(inputs, _files.Free("in"), _files.Free("out"));

    [Fact]
    public void A_damaged_raster_is_listed_and_the_others_go_on()
    {
        string[] inputs = [Write("a.tif"), Write("cut.tif"), Write("five.tif", bands: 5), Write("z.tif")];
        File.WriteAllBytes(inputs[1], File.ReadAllBytes(inputs[1]).AsSpan(0, 900));

        var done = RasterBatch.Predict(new RasterPredictor(TileNetworks.Red(), Small), Places(inputs));

        Assert.Equal([inputs[0], inputs[3]], done.Results.Select(result => result.Input));
        Assert.Equal([inputs[1], inputs[2]], done.Failures.Select(failure => failure.Input));
        Assert.StartsWith("is cut off", done.Failures[0].Reason, StringComparison.Ordinal);
        Assert.EndsWith("copy it or write it anew", done.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Contains("--bands 1,2,3", done.Failures[1].Reason, StringComparison.Ordinal);
        Assert.Equal(["a.tif", "a.tif.json", "z.tif", "z.tif.json"], Directory.GetFiles(_files.Free("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Results_keep_the_folders_of_their_inputs_and_tiffs_stay_tiffs_by_any_name()
    {
        var (tiff, big) = (Write("a/1.tif"), Write("b/1.TIFF"));
        var photo = _files.Free("in/b/photo.jpg");
        RasterWriter.Write(photo, PictureFiles.Fields(8, 8));

        Assert.Equal(["a/1.tif", "b/1.tif", "b/photo.png"], Places(tiff, big, photo).Select(place => Path.GetRelativePath(_files.Free("out"), place.Output)));
    }

    [Fact]
    public void Two_pictures_of_one_result_are_both_named()
    {
        var tiff = Write("1.tif");
        var photo = _files.Free("in/1.jpg");
        RasterWriter.Write(photo, PictureFiles.Fields(8, 8));

        var error = Assert.Throws<BadInputException>(() => Places(tiff, photo));

        Assert.Contains(tiff, error.Message, StringComparison.Ordinal);
        Assert.Contains(photo, error.Message, StringComparison.Ordinal);
        Assert.Throws<BadInputException>(() => RasterBatch.Places([tiff], _files.Free("in"), _files.Free("in")));
    }
}
