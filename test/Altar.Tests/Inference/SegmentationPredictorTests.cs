using Altar.Images;
using Altar.Inference;
using Altar.Inference.Tiles;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Tests.Images;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;
using PictureFiles = Altar.Tests.Images.PictureFiles;

namespace Altar.Tests.Inference;

public sealed class SegmentationPredictorTests : IDisposable
{
    private static readonly ModelOptions Model = new() { Name = "unet_nizhib", Filters = 2 };
    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    private SegmentationNetwork Save(params string[] classes)
    {
        var best = _files.Free("run/checkpoints/best");
        Directory.CreateDirectory(best);
        var network = SegmentationCatalog.Create(Model, classes.Length, seed: new Seed(1));
        Safetensors.Write(Path.Combine(best, "model.safetensors"), network.state_dict());
        ModelCardFile.Write(best, new ModelCard { Model = Model, Classes = classes, Size = PixelSize.Square(64) });
        network.eval();
        return network;
    }

    [Fact]
    public void A_run_says_of_each_pixel_what_the_network_that_was_saved_says()
    {
        using var scope = NewDisposeScope();
        using var network = Save("roof");
        var images = zeros(2, 3, 64, 32).uniform_(-1, 1);

        using var predictor = SegmentationPredictor.Open(_files.Free("run"), "cpu");

        Assert.True(SegmentationPredictor.IsFor(_files.Free("run")));
        Assert.True(predictor.Probabilities(images).allclose(network.call(images).sigmoid(), 1e-5, 1e-6));
        Assert.Equal([0.485f, 0.456f, 0.406f], predictor.Model.Mean);
    }

    [Fact]
    public void Several_classes_share_each_pixel()
    {
        using var scope = NewDisposeScope();
        using var network = Save("background", "roof", "road");

        using var predictor = SegmentationPredictor.Open(_files.Free("run"), "cpu");

        Assert.True(predictor.Probabilities(zeros(1, 3, 32, 32).uniform_(-1, 1)).sum(1).allclose(ones(1, 32, 32), 1e-5, 1e-5));
    }

    [Fact]
    public void A_folder_of_tiffs_and_photos_becomes_a_folder_of_masks()
    {
        using var network = Save("roof");
        Directory.CreateDirectory(_files.Free("in/below"));
        RasterFiles.Write(_files.Free("in/tile.tif"), new PixelSize(150, 90), new RasterKind());
        RasterWriter.Write(_files.Free("in/below/photo.jpg"), PictureFiles.Fields(70, 50));
        File.WriteAllText(_files.Free("in/broken.png"), "no picture");
        using var predictor = SegmentationPredictor.Open(_files.Free("run"), "cpu");

        var options = new RasterOptions { Tiles = new TileOptions { TilePixels = 64 }, Views = ViewSet.Flips };
        var done = predictor.Predict(_files.Free("in"), _files.Free("out"), options);

        Assert.Equal([_files.Free("out/below/photo.png"), _files.Free("out/tile.tif")], done.Results.Select(result => result.Output));
        Assert.Equal(_files.Free("in/broken.png"), Assert.Single(done.Failures).Input);
        Assert.Equal(new PixelSize(70, 50), RasterReader.ReadHeader(_files.Free("out/below/photo.png")).Size);
        Assert.All(predictor.Predict(_files.Free("in"), _files.Free("out"), options).Results, result => Assert.True(result.WasFinished));
    }

    [Fact]
    public void Tiles_must_fit_the_networks_stride()
    {
        using var network = Save("roof");
        RasterFiles.Write(_files.Free("tile.tif"), new PixelSize(50, 50), new RasterKind());
        using var predictor = SegmentationPredictor.Open(_files.Free("run"), "cpu");

        var error = Assert.Throws<BadInputException>(() => predictor.Predict(_files.Free("tile.tif"), _files.Free("out"), new RasterOptions { Tiles = new TileOptions { TilePixels = 500 } }));

        Assert.Contains($"a multiple of {network.Stride}", error.Message, StringComparison.Ordinal);
    }
}
