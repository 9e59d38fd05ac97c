using Altar.Images;
using Altar.Inference.Tiles;

namespace Altar.Tests.Inference.Tiles;

public class TileBlenderTests
{
    // Every tile shows the same picture of the whole raster: blended, it must be that picture.
    [Theory]
    [InlineData(100, 70, 32, 0.25)]
    [InlineData(64, 64, 64, 0.5)]
    [InlineData(20, 10, 32, 0.25)]
    [InlineData(65, 129, 16, 0.75)]
    [InlineData(37, 41, 8, 0)]
    public void Tiles_of_one_picture_become_that_picture(int width, int height, int tile, double overlap)
    {
        var plan = TilePlan.Cover(new PixelSize(width, height), new TileOptions { TilePixels = tile, OverlapFraction = overlap });
        var blender = new TileBlender(plan, classes: 2);
        List<BlendedRows> parts = [];
        for (var row = 0; row < plan.Rows.Starts.Count; row++)
        {
            for (var column = 0; column < plan.Columns.Starts.Count; column++) blender.Add(column, row, Values(plan.Box(column, row)));
            parts.Add(blender.Finish());
        }

        Assert.Equal(height, parts.Sum(part => part.Count));
        foreach (var part in parts)
        {
            for (var y = 0; y < part.Count; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    Assert.Equal(Value(0, x, part.Y + y), part.Row(0, y)[x], 1e-5);
                    Assert.Equal(Value(1, x, part.Y + y), part.Row(1, y)[x], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void A_tile_out_of_turn_or_of_another_size_is_the_callers_mistake()
    {
        var plan = TilePlan.Cover(new PixelSize(100, 70), new TileOptions { TilePixels = 32 });
        var blender = new TileBlender(plan, classes: 1);

        Assert.Throws<InvalidOperationException>(() => blender.Add(0, 1, new float[32 * 32]));
        Assert.Throws<ArgumentException>(() => blender.Add(0, 0, new float[32 * 31]));
    }

    private static float Value(int of, int x, int y) => ((x * 3) + (y * 5) + (of * 7)) % 11 / 10f;

    private static float[] Values(PixelBox box) =>
        [.. from of in Enumerable.Range(0, 2) from y in Enumerable.Range(box.Y, box.Height) from x in Enumerable.Range(box.X, box.Width) select Value(of, x, y)];
}
