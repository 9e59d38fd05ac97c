using Altar.Images;
using Altar.Inference.Tiles;
using Altar.Tensors;

namespace Altar.Tests.Inference.Tiles;

public class TilePlanTests
{
    private static TileOptions Tiles(int tile, double overlap, TileBlending blending = TileBlending.Hann) => new() { TilePixels = tile, OverlapFraction = overlap, Blending = blending };

    [Fact]
    public void Last_tile_is_shifted_inwards_so_that_no_tile_leaves_the_raster()
    {
        var plan = TilePlan.Cover(new PixelSize(100, 70), Tiles(32, 0.25));   // a step of 24

        Assert.Equal([0, 24, 48, 68], plan.Columns.Starts);
        Assert.Equal([0, 24, 38], plan.Rows.Starts);
        Assert.Equal(new PixelBox(68, 38, 32, 32), plan.Box(3, 2));
        Assert.Equal(12, plan.Count);
    }

    [Fact]
    public void Rows_are_final_once_no_later_tile_reaches_them_and_together_they_are_all()
    {
        var plan = TilePlan.Cover(new PixelSize(100, 70), Tiles(32, 0.25));

        Assert.Equal([(0, 24), (24, 38), (38, 70)], Enumerable.Range(0, 3).Select(plan.FinalRows));
    }

    [Theory]
    [InlineData(20, 10, 32, 32, 32)]
    [InlineData(40, 33, 64, 64, 64)]
    [InlineData(32, 200, 32, 128, 32)]
    public void A_raster_smaller_than_a_tile_gets_a_tile_of_its_own_size_rounded_up_to_the_stride(int width, int height, int tileWidth, int tileHeight, int stride)
    {
        var plan = TilePlan.Cover(new PixelSize(width, height), Tiles(128, 0.5), stride);

        Assert.Equal(new PixelSize(tileWidth, tileHeight), plan.Tile);
        Assert.Equal(0, plan.Columns.Starts[0]);
    }

    public static TheoryData<int, int, double, TileBlending> Sides()
    {
        int[] lengths = [1, 2, 7, 31, 32, 33, 63, 64, 65, 100, 257, 1000, 5000];
        return new TheoryData<int, int, double, TileBlending>(
            from length in lengths from tile in (int[])[1, 8, 32, 64] from overlap in (double[])[0, 0.1, 0.25, 0.5, 0.75] from blending in Enum.GetValues<TileBlending>()
            select (length, tile, overlap, blending));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Weights_sum_to_one_at_every_pixel(int length, int tile, double overlap, TileBlending blending)
    {
        var axis = TileAxis.Cover(length, Tiles(tile, overlap, blending), multiple: 1);
        var sums = new double[length];
        for (var i = 0; i < axis.Starts.Count; i++)
        {
            var weights = axis.Weights(i);
            for (var x = 0; x < weights.Length; x++)
            {
                if (axis.Starts[i] + x < length) sums[axis.Starts[i] + x] += weights[x];
                else Assert.Equal(0, weights[x]);
            }
        }

        Assert.InRange(sums.Max(sum => Math.Abs(sum - 1)), 0, 1e-6);
        Assert.Equal(length, Math.Max(length, axis.Starts[^1] + axis.Tile) - (axis.Tile > length ? axis.Tile - length : 0));
    }

    [Fact]
    public void A_hann_window_counts_the_centre_most_and_the_edge_least()
    {
        var axis = TileAxis.Cover(48, Tiles(32, 0.5), multiple: 1);   // tiles at 0 and 16

        Assert.Equal(0.5, axis.Weights(0)[24], 0.05);   // halfway through the overlap both count alike
        Assert.True(axis.Weights(0)[31] < 0.003);
        Assert.Equal(1, axis.Weights(0)[0], 1e-6);      // alone at the raster's edge
    }

    [Fact]
    public void A_tile_that_the_network_cannot_take_names_the_next_that_it_can()
    {
        var error = Assert.Throws<BadInputException>(() => TilePlan.Cover(new PixelSize(100, 100), Tiles(500, 0.25), multiple: 32));

        Assert.Contains("a multiple of 32; write 512", error.Message, StringComparison.Ordinal);
        Assert.Throws<BadInputException>(() => TilePlan.Cover(new PixelSize(100, 100), Tiles(64, 0.8)));
    }
}
