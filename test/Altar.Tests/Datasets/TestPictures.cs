using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

/// <summary>Pictures drawn for a test.</summary>
internal static class TestPictures
{
    /// <summary>Soft blobs of colour, different for each seed: photos, as far as a perceptual hash can tell.</summary>
    public static Raster Blobs(ulong seed, int width = 160, int height = 120, int brighter = 0)
    {
        var random = new Seed(seed).ToRandom();
        var blobs = Enumerable.Range(0, 24).Select(_ => (X: random.NextDouble(), Y: random.NextDouble(), Channel: random.Next(3), Level: random.Next(40, 120))).ToList();
        var raster = new Raster(new PixelSize(width, height));
        raster.Pixels.AsSpan().Fill((byte)brighter);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                foreach (var blob in blobs)
                {
                    var (dx, dy) = (((double)x / width) - blob.X, ((double)y / height) - blob.Y);
                    ref var channel = ref raster.Row(y)[(x * 3) + blob.Channel];
                    channel = (byte)Math.Min(255, channel + (blob.Level * Math.Exp(-((dx * dx) + (dy * dy)) * 60)));
                }
            }
        }

        return raster;
    }

    public static string WriteBlobs(this TemporaryFolder folder, string name, ulong seed, int width = 160, int height = 120, int brighter = 0, int quality = 95)
    {
        RasterWriter.Write(folder.Of(name), Blobs(seed, width, height, brighter), quality);
        return folder.Of(name);
    }

    /// <summary>Keeps only the first half of a file.</summary>
    public static void CutOff(string path) => File.WriteAllBytes(path, File.ReadAllBytes(path)[..(int)(new FileInfo(path).Length / 2)]);
}
