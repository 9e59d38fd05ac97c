using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Recipes;

/// <summary>Small pictures on disk in two folders a side: upright stripes and level ones.</summary>
internal sealed class StripedFolder : IDisposable
{
    public StripedFolder(int train, int val)
    {
        Write(Train, train, 1);
        Write(Val, val, 2);
    }

    public string Home { get; } = Directory.CreateTempSubdirectory("altar-").FullName;

    public string Train => Path.Combine(Home, "train");

    public string Val => Path.Combine(Home, "val");

    public void Dispose() => Directory.Delete(Home, recursive: true);

    private static void Write(string folder, int count, int seed)
    {
        for (var i = 0; i < count; i++)
        {
            var upright = i % 2 == 0;
            var path = Path.Combine(folder, upright ? "upright" : "level", $"{i:D3}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            RasterWriter.Write(path, Stripes(upright, new Seed((ulong)seed).For(i).ToRandom()));
        }
    }

    private static Raster Stripes(bool upright, Random random)
    {
        var raster = new Raster(new PixelSize(40, 36));
        for (var y = 0; y < 36; y++)
        {
            var row = raster.Row(y);
            for (var x = 0; x < row.Length; x++) row[x] = (byte)(((upright ? x / 3 : y) / 4 % 2 * 120) + random.Next(100));
        }

        return raster;
    }
}
