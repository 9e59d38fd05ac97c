using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Augmentation;

/// <summary>Pictures whose pixels can be told.</summary>
internal static class Pictures
{
    public static Raster Of(int width, int height, Func<int, int, (int R, int G, int B)> colour)
    {
        var raster = new Raster(new PixelSize(width, height));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = colour(x, y);
                (raster.Row(y)[x * 3], raster.Row(y)[(x * 3) + 1], raster.Row(y)[(x * 3) + 2]) = ((byte)r, (byte)g, (byte)b);
            }
        }

        return raster;
    }

    public static Raster Flat(int width, int height, int r, int g, int b) => Of(width, height, (_, _) => (r, g, b));

    /// <summary>Every pixel is different from its neighbours; edges as hard as they come.</summary>
    public static Raster Random(int width, int height)
    {
        var random = new Seed(11).ToRandom();
        return Of(width, height, (_, _) => (random.Next(256), random.Next(256), random.Next(256)));
    }

    /// <summary>Red is the column, green the row.</summary>
    public static Raster Ramp(int width, int height) => Of(width, height, (x, y) => (x, y, 100));

    public static (int R, int G, int B) At(Raster raster, int x, int y) =>
        (raster.Row(y)[x * 3], raster.Row(y)[(x * 3) + 1], raster.Row(y)[(x * 3) + 2]);

    public static int LargestDifference(Raster one, Raster other) =>
        one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Max();
}
