using Altar.Augmentation;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Augmentation;

public class MaskWarpTests
{
    public static TheoryData<string> Presets => ["none", "light", "hard", "hard-aerial", "carvana"];

    private static AugmentationDraw Of(PixelSize source, GeometryDraw geometry, PixelSize? target = null) =>
        new() { Source = source, Target = target ?? source, Geometry = geometry };

    private static long[] Apply(Mask mask, AugmentationDraw draw, bool ignoresOutside = false)
    {
        var target = new long[draw.Target.Area];
        MaskWarp.Apply(mask, PixelBox.Whole(mask.Size), draw, target, ignoresOutside);
        return target;
    }

    [Fact]
    public void The_identity_leaves_classes_as_they_are_and_255_becomes_minus_1()
    {
        var mask = new Mask(new PixelSize(3, 2), [0, 1, 2, 255, 4, 5]);

        Assert.Equal([0, 1, 2, -1, 4, 5], Apply(mask, Of(mask.Size, new GeometryDraw())));
    }

    [Fact]
    public void What_lies_outside_is_reflected_without_the_edge_pixel_or_ignored()
    {
        var mask = new Mask(new PixelSize(8, 1), [0, 1, 2, 3, 4, 5, 6, 7]);
        var moved = Of(mask.Size, new GeometryDraw { ShiftX = 0.5 });

        Assert.Equal([4, 3, 2, 1, 0, 1, 2, 3], Apply(mask, moved));
        Assert.Equal([-1, -1, -1, -1, 0, 1, 2, 3], Apply(mask, moved, ignoresOutside: true));
    }

    [Fact]
    public void A_magnified_mask_has_no_class_that_was_not_there()
    {
        var mask = new Mask(new PixelSize(2, 1), [0, 9]);

        Assert.Equal([0, 0, 0, 9, 9, 9], Apply(mask, Of(mask.Size, new GeometryDraw { ResizeX = 3 }, new PixelSize(6, 1))));
    }

    [Fact]
    public void A_mask_of_another_size_than_its_place_is_refused() =>
        Assert.Throws<ArgumentException>(() => MaskWarp.Apply(new Mask(new PixelSize(2, 2)), new PixelBox(0, 0, 3, 2), Of(PixelSize.Square(2), new GeometryDraw()), new long[4]));

    // The picture says by its red channel what its mask is, so after the same draw both must still agree.
    [Theory, MemberData(nameof(Presets))]
    public void Picture_and_mask_stay_together_under_every_preset(string preset)
    {
        var (picture, mask) = Shapes(300, 260);
        var options = AugmentationOptions.Parse(preset) with { Color = null, Tone = null, Degrade = null, Dropout = null };
        var augmenter = new Augmenter(options, new PixelSize(160, 128));
        for (var sample = 0; sample < 40; sample++)
        {
            var draw = augmenter.Draw(new Seed(21).For(sample).ToRandom(), picture.Size);
            var view = augmenter.Render(picture, draw);
            var classes = Apply(mask, draw);

            AssertAgreeInside(view, classes);
        }
    }

    [Theory, MemberData(nameof(Presets))]
    public void A_part_that_reaches_far_enough_gives_what_the_whole_picture_gives(string preset)
    {
        var (picture, mask) = Shapes(300, 260);
        var augmenter = new Augmenter(AugmentationOptions.Parse(preset) with { Resize = 1, Crop = CropKind.Center }, PixelSize.Square(64));
        var differing = 0;
        for (var sample = 0; sample < 40; sample++)
        {
            var random = new Seed(22).For(sample).ToRandom();
            var window = new PixelBox(random.Next(300 - 64), random.Next(260 - 64), 64, 64);
            var draw = augmenter.Draw(random, window.Size);
            var reach = WarpReach.Of(draw, window, picture.Size, margin: 4);
            var (expected, actual) = (new long[64 * 64], new long[64 * 64]);
            MaskWarp.Apply(mask, PixelBox.Whole(mask.Size).Shifted(-window.X, -window.Y), draw, expected);
            MaskWarp.Apply(mask.Part(reach), reach.Shifted(-window.X, -window.Y), draw, actual);
            Assert.Equal(expected, actual);

            var whole = augmenter.Render(picture, PixelBox.Whole(picture.Size).Shifted(-window.X, -window.Y), draw);
            var part = augmenter.Render(picture.Part(reach), reach.Shifted(-window.X, -window.Y), draw);
            differing += whole.Pixels.Zip(part.Pixels, (a, b) => Math.Abs(a - b) > 2 ? 1 : 0).Sum();
        }

        // Single precision: where two hard edges meet, a place that differs by a ten thousandth of a pixel may round to another weight.
        Assert.InRange(differing, 0, 40 * 64 * 64 * 3 / 10_000);
    }

    [Fact]
    public void A_window_inside_a_picture_shows_its_surroundings_when_it_is_turned()
    {
        var picture = Pictures.Ramp(200, 200);
        var window = new PixelBox(80, 90, 40, 40);
        var draw = Of(window.Size, new GeometryDraw { Rotate = 45 });

        var view = new Augmenter(AugmentationOptions.None, window.Size).Render(picture, PixelBox.Whole(picture.Size).Shifted(-80, -90), draw);

        // The upper left corner of the view lies 20 sqrt(2) from the window's middle (100, 110), straight to the left or above.
        var (x, y) = draw.ToWarp().ToSource(0.5, 0.5);
        Assert.True(x < 0 || y < 0);
        Assert.Equal(80 + x - 0.5, Pictures.At(view, 0, 0).R, 0.6);
        Assert.Equal(90 + y - 0.5, Pictures.At(view, 0, 0).G, 0.6);
    }

    private static void AssertAgreeInside(Raster view, long[] classes)
    {
        var (width, height) = (view.Size.Width, view.Size.Height);
        var wrong = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if ((Pictures.At(view, x, y).R > 127) != (classes[(y * width) + x] == 1) && !IsAtAnEdge(classes, x, y, width, height)) wrong++;
            }
        }

        Assert.Equal(0, wrong);
    }

    private static bool IsAtAnEdge(long[] classes, int x, int y, int width, int height)
    {
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                var (column, row) = (Math.Clamp(x + dx, 0, width - 1), Math.Clamp(y + dy, 0, height - 1));
                if (classes[(row * width) + column] != classes[(y * width) + x]) return true;
            }
        }

        return false;
    }

    private static (Raster Picture, Mask Mask) Shapes(int width, int height)
    {
        var picture = Pictures.Of(width, height, (x, y) => (IsInside(x, y) ? 255 : 0, 40, 90));
        var mask = new Mask(picture.Size);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) mask.Row(y)[x] = (byte)(IsInside(x, y) ? 1 : 0);
        return (picture, mask);
    }

    // A disc, a bar that touches the sides, a triangle.
    private static bool IsInside(int x, int y) =>
        ((x - 90) * (x - 90)) + ((y - 80) * (y - 80)) < 45 * 45 || (y is > 160 and < 190) || (x > 200 && y < 120 && x - 200 > y - 20);
}
