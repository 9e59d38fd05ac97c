using Altar.Augmentation;
using Altar.Augmentation.Kernels;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Augmentation;

public class WarpTests
{
    public static TheoryData<string> Presets => ["none", "light", "hard", "hard-aerial", "carvana"];

    private static Raster Render(Raster source, GeometryDraw geometry, PixelSize? target = null) =>
        new Augmenter(AugmentationOptions.None, target ?? source.Size).Render(
            source, new AugmentationDraw { Source = source.Size, Target = target ?? source.Size, Geometry = geometry });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(2, 2)]
    [InlineData(37, 23)]
    [InlineData(64, 48)]
    public void The_identity_leaves_every_pixel_as_it_is(int width, int height)
    {
        var source = Pictures.Random(width, height);

        Assert.Equal(source.Pixels, Render(source, new GeometryDraw()).Pixels);
    }

    [Fact]
    public void A_shift_shifts_by_its_share_of_the_picture()
    {
        var moved = Render(Pictures.Ramp(40, 20), new GeometryDraw { ShiftX = 0.25, ShiftY = -0.1 });

        // 10 columns to the right, 2 rows up.
        Assert.Equal((5, 12, 100), Pictures.At(moved, 15, 10));
        Assert.Equal((0, 2, 100), Pictures.At(moved, 10, 0));
    }

    [Fact]
    public void What_lies_outside_is_the_reflection_without_the_edge_pixel()
    {
        var moved = Render(Pictures.Ramp(8, 4), new GeometryDraw { ShiftX = 0.5, ShiftY = -0.5 });

        // columns of the picture: 4 3 2 1 | 0 1 2 3, rows: 2 3 | 2 1
        Assert.Equal([4, 3, 2, 1, 0, 1, 2, 3], Enumerable.Range(0, 8).Select(x => Pictures.At(moved, x, 0).R));
        Assert.Equal([2, 3, 2, 1], Enumerable.Range(0, 4).Select(y => Pictures.At(moved, 0, y).G));
    }

    [Fact]
    public void Mirrors_and_transpose_move_whole_pixels()
    {
        var source = Pictures.Ramp(6, 4);

        Assert.Equal((5, 0, 100), Pictures.At(Render(source, new GeometryDraw { MirrorX = true }), 0, 0));
        Assert.Equal((0, 3, 100), Pictures.At(Render(source, new GeometryDraw { MirrorY = true }), 0, 0));
        var transposed = Render(source, new GeometryDraw { Transpose = true }, new PixelSize(4, 6));
        Assert.Equal((5, 0, 100), Pictures.At(transposed, 0, 5));
        Assert.Equal((2, 3, 100), Pictures.At(transposed, 3, 2));
    }

    [Fact]
    public void A_quarter_turn_counter_clockwise_brings_the_right_edge_to_the_top()
    {
        var turned = Render(Pictures.Ramp(5, 5), new GeometryDraw { Rotate = 90 });

        Assert.Equal((4, 0, 100), Pictures.At(turned, 0, 0));
        Assert.Equal((4, 4, 100), Pictures.At(turned, 4, 0));
    }

    [Fact]
    public void Between_two_pixels_lies_their_mean()
    {
        var halfway = Render(Pictures.Of(2, 1, (x, _) => (x * 100, 50, x * 255)), new GeometryDraw { ShiftX = 0.25 });

        Assert.Equal((50, 50, 128), Pictures.At(halfway, 1, 0));
    }

    [Theory, MemberData(nameof(Presets))]
    public void A_point_that_goes_to_the_target_comes_back(string preset)
    {
        var augmenter = new Augmenter(AugmentationOptions.Parse(preset), new PixelSize(200, 120));
        for (var sample = 0; sample < 200; sample++)
        {
            var warp = augmenter.Draw(new Seed(5).For(sample).ToRandom(), new PixelSize(300, 500)).ToWarp();
            var (x, y) = warp.ToSource(33.5, 71.25);
            var (backX, backY) = warp.ToTarget(x, y);

            Assert.Equal(33.5, backX, 1e-3);
            Assert.Equal(71.25, backY, 1e-3);
        }
    }

    [Theory, MemberData(nameof(Presets))]
    public void Pixels_come_from_where_the_map_says(string preset)
    {
        var source = Pictures.Ramp(200, 250);
        var options = AugmentationOptions.Parse(preset) with { Color = null, Tone = null, Degrade = null };
        var augmenter = new Augmenter(options, new PixelSize(96, 64));
        for (var sample = 0; sample < 30; sample++)
        {
            var draw = augmenter.Draw(new Seed(6).For(sample).ToRandom(), source.Size);
            var warp = draw.ToWarp();
            var pixels = augmenter.Render(source, draw);
            foreach (var (column, row) in ((int, int)[])[(48, 32), (10, 10), (90, 50)])
            {
                var (x, y) = warp.ToSource(column + 0.5, row + 0.5);
                if (x < 2 || y < 2 || x > 198 || y > 248) continue;

                // Averaging by a whole factor cuts the last columns, which moves a picture by less than a pixel of the averaged one.
                Assert.InRange(Pictures.At(pixels, column, row).R, x - 0.5 - 2, x - 0.5 + 2);
                Assert.InRange(Pictures.At(pixels, column, row).G, y - 0.5 - 2, y - 0.5 + 2);
            }
        }
    }

    [Fact]
    public void A_grid_bends_a_picture_that_is_not_square_to_its_far_corner()
    {
        var geometry = new GeometryDraw { Grid = new GridDraw([0, 0.4, 1], [0, 0.7, 1]) };
        var warp = new Warp(new PixelSize(100, 400), new PixelSize(100, 400), geometry);

        Assert.Equal((0, 0), warp.ToSource(0, 0));
        Assert.Equal((100, 400), warp.ToSource(100, 400));
        Assert.Equal((40, 280), warp.ToSource(50, 200));
        Assert.Equal((70, 340), warp.ToSource(75, 300));
    }

    [Fact]
    public void A_barrel_bends_alike_at_any_size()
    {
        var geometry = new GeometryDraw { Barrel = new BarrelDraw(0.35, 0.5, 0.5) };
        var small = new Warp(PixelSize.Square(256), PixelSize.Square(256), geometry).ToSource(0, 0);
        var large = new Warp(PixelSize.Square(2560), PixelSize.Square(2560), geometry).ToSource(0, 0);

        // k r^2 at the corner: 0.35e-5 * 181.02^2 = 0.1147
        Assert.Equal(128 - (128 * 1.114688), small.X, 1e-3);
        Assert.Equal(small.X * 10, large.X, 1e-6);
    }

    [Fact]
    public void Detail_too_fine_for_the_target_becomes_its_mean()
    {
        var checkers = Pictures.Of(256, 256, (x, y) => (x + y) % 2 == 0 ? (255, 255, 255) : (0, 0, 0));

        var small = new Augmenter(AugmentationOptions.None with { Resize = 1 }, PixelSize.Square(64)).Render(
            checkers, new AugmentationDraw { Source = checkers.Size, Target = PixelSize.Square(64), Geometry = new GeometryDraw { ResizeX = 0.25, ResizeY = 0.25 } });

        Assert.All(small.Pixels.Take(64 * 64 * 3), value => Assert.InRange(value, 126, 129));
    }

    [Fact]
    public void A_picture_decoded_at_half_scale_shows_the_same_view()
    {
        var whole = Pictures.Of(400, 200, (x, y) => (x / 2, y, 60));
        var half = Pictures.Of(200, 100, (x, y) => (x, 2 * y, 60));
        var augmenter = new Augmenter(AugmentationOptions.Hard with { Color = null }, PixelSize.Square(64));
        for (var sample = 0; sample < 10; sample++)
        {
            var draw = augmenter.Draw(new Seed(8).For(sample).ToRandom(), whole.Size);

            // Half a level from the making of the picture; at the edge the reflection's kink is blunter by a pixel of the half.
            var (one, other) = (augmenter.Render(whole, draw), augmenter.Render(half, draw));
            Assert.InRange(one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, 0.5);
            Assert.InRange(Pictures.LargestDifference(one, other), 0, 6);
        }
    }

    [Fact]
    public void The_size_to_decode_is_told_by_how_much_the_warp_shrinks()
    {
        var draw = new Augmenter(AugmentationOptions.None with { Resize = 1 }, PixelSize.Square(100)).Draw(new Seed(1).ToRandom(), new PixelSize(800, 400));

        Assert.Equal(new PixelSize(200, 100), draw.AtLeast());
        Assert.Equal(4, draw.ToWarp().Shrink, 1e-9);
    }

    [Fact]
    public void The_view_for_evaluation_is_the_middle_of_the_resized_picture()
    {
        var source = Pictures.Random(256, 320);
        var view = new Augmenter(AugmentationOptions.None, PixelSize.Square(224));

        var pixels = view.Render(source, view.Draw(new Seed(1).ToRandom(), source.Size));

        Assert.Equal(Pictures.At(source, 16, 48), Pictures.At(pixels, 0, 0));
        Assert.Equal(Pictures.At(source, 239, 271), Pictures.At(pixels, 223, 223));
    }

    [Fact]
    public void A_motion_kernel_sums_to_one_in_every_direction()
    {
        foreach (var size in (int[])[3, 5, 7, 31])
        {
            for (var angle = 0; angle < 180; angle += 7) Assert.Equal(1, Filters.MotionKernel(size, angle).Sum(), 1e-5);
        }
    }
}
