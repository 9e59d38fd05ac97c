using System.Diagnostics;
using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Inference.Tiles;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Benchmarks;

/// <summary>A generated GeoTIFF is predicted by a small U-Net: time, and memory above what the network needs for one batch of tiles.</summary>
internal static class RasterPrediction
{
    private static readonly RasterOptions Options = new();

    /// <param name="side">Pixels of each side.</param>
    /// <param name="only">"tiles": no network, the red channel stands for its answer, to see what reading, blending and writing take.</param>
    public static void Run(int side, string[] only)
    {
        NativeLibraries.Prepare();
        var folder = Directory.CreateTempSubdirectory("altar-raster-").FullName;
        try
        {
            var input = Path.Combine(folder, "in.tif");
            Generate(input, side);
            using var network = SegmentationCatalog.Create(new ModelOptions { Name = "unet_nizhib", Filters = 8 }, 1, new Seed(1));
            ChannelsLast.Convert(network);
            network.eval();
            Measure(only is ["tiles"] ? images => images.narrow(1, 0, 1) : images => Judge(network, images), network.Stride, input, Path.Combine(folder, "out.tif"), side);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(PixelProbabilities judge, int stride, string input, string output, int side)
    {
        var model = new RasterModel { Probabilities = judge, Classes = ["roof"], Mean = [0.5f, 0.5f, 0.5f], Std = [0.25f, 0.25f, 0.25f], Stride = stride };
        for (var i = 0; i < 5; i++)
        {
            using var batch = ChannelsLast.Of(zeros(Options.Batch, 3, Options.Tiles.TilePixels, Options.Tiles.TilePixels));
            using var _ = judge(batch);
        }

        var (own, clock) = (ProcessMemory.Peak(), Stopwatch.StartNew());
        new RasterPredictor(model, Options).Predict(input, output);
        var (peak, seconds) = (ProcessMemory.Peak(), clock.Elapsed.TotalSeconds);
        Console.WriteLine($"{side} by {side} pixels, {TilePlan.Cover(PixelSize.Square(side), Options.Tiles).Count} tiles: {seconds:F1} s, {side / 1e6 * side / seconds:F2} megapixels a second, {get_num_threads()} threads");
        Console.WriteLine($"peak memory {peak / 1048576.0:F0} MiB; the network with a batch of {Options.Batch} alone {own / 1048576.0:F0} MiB: {(peak - own) / 1048576.0:F0} MiB above it");
        Console.WriteLine($"input {new FileInfo(input).Length / 1048576.0:F0} MiB, result {new FileInfo(output).Length / 1048576.0:F1} MiB");
    }

    private static Tensor Judge(SegmentationNetwork network, Tensor images)
    {
        using var noGradients = no_grad();
        using var logits = network.call(images);   // [N, 1, H, W]
        return logits.sigmoid();
    }

    // Row after row: squares of changing colour with a little noise, so that Deflate has work and strips differ.
    private static void Generate(string path, int side)
    {
        var random = new Seed(3).ToRandom();
        var row = new byte[side * 3];
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = PixelSize.Square(side), Bands = 3, Fields = [TiffField.Doubles(33550, 0.3, 0.3, 0), TiffField.Doubles(33922, 0, 0, 0, 500000, 5000000, 0)] }, file =>
        {
            for (var y = 0; y < side; y++)
            {
                for (var i = 0; i < row.Length; i++) row[i] = (byte)((((i / 3 / 40) + (y / 40) + (i % 3)) * 37 % 200) + random.Next(40));
                file.WriteRows(row);
            }
        });
    }
}
