using Altar.Augmentation;
using Altar.Images;

namespace Altar.Tests.Augmentation;

public class PixelTests
{
    private static Raster Render(Raster source, Func<AugmentationDraw, AugmentationDraw> change) =>
        new Augmenter(AugmentationOptions.None, source.Size).Render(source, change(new AugmentationDraw { Source = source.Size, Target = source.Size }));

    private static (int R, int G, int B) Toned(ToneDraw tone, int r, int g, int b) =>
        Pictures.At(Render(Pictures.Flat(32, 32, r, g, b), draw => draw with { Tones = [tone] }), 5, 5);

    private static (int R, int G, int B) Coloured(ColorSpace space, double hue, double saturation, double lightness, int r, int g, int b) =>
        Pictures.At(Render(Pictures.Flat(8, 8, r, g, b), draw => draw with { Color = new ColorDraw(space, hue, saturation, lightness) }), 5, 5);

    [Fact]
    public void Tones_follow_their_formulas()
    {
        Assert.Equal((130, 70, 255), Toned(new ToneDraw(ToneKind.Linear, 1.2, 10), 100, 50, 250));
        Assert.Equal((50, 205, 255), Toned(new ToneDraw(ToneKind.Invert), 205, 50, 0));
        Assert.Equal((64, 0, 255), Toned(new ToneDraw(ToneKind.Gamma, 2), 128, 0, 255));   // 255 (128/255)^2 = 64.25
    }

    [Fact]
    public void Contrast_turns_about_the_mean_brightness()
    {
        // Mean brightness 0.299 * 100 + 0.587 * 150 + 0.114 * 200 = 140.75, rounded to 141; halves go to the even number.
        Assert.Equal((120, 146, 170), Toned(new ToneDraw(ToneKind.Contrast, 0.5), 100, 150, 200));
    }

    [Theory]
    [InlineData(ColorSpace.Hsv)]
    [InlineData(ColorSpace.Hsl)]
    public void A_third_of_the_circle_makes_green_of_red(ColorSpace space)
    {
        Assert.Equal((0, 255, 0), Coloured(space, 60, 0, 0, 255, 0, 0));
        Assert.Equal((0, 0, 255), Coloured(space, -60, 0, 0, 255, 0, 0));
        Assert.Equal((40, 30, 200), Coloured(space, 60, 0, 0, 30, 200, 40));
        Assert.Equal((77, 77, 77), Coloured(space, 60, 0, 0, 77, 77, 77));
    }

    [Theory]
    [InlineData(ColorSpace.Hsv)]
    [InlineData(ColorSpace.Hsl)]
    public void No_change_of_colour_leaves_every_pixel(ColorSpace space)
    {
        var source = Pictures.Random(40, 40);

        var same = Render(source, draw => draw with { Color = new ColorDraw(space, 0, 0, 0) });

        Assert.Equal(0, Pictures.LargestDifference(source, same));
    }

    [Fact]
    public void Saturation_and_lightness_have_their_units()
    {
        // HSV of (200, 100, 100): s = 0.5, v = 200/255. Less 0.1 of s: the small channels become 200 (1 - 0.4).
        Assert.Equal((200, 120, 120), Coloured(ColorSpace.Hsv, 0, -25.5, 0, 200, 100, 100));
        Assert.Equal((220, 110, 110), Coloured(ColorSpace.Hsv, 0, 0, 20, 200, 100, 100));

        // HSL of (150, 50, 50): l = 100/255, s = 100/200. Lighter by 20: l = 120/255, s l = 60.
        Assert.Equal((180, 60, 60), Coloured(ColorSpace.Hsl, 0, 0, 20, 150, 50, 50));
    }

    [Fact]
    public void Blurs_keep_the_brightness_of_a_flat_picture()
    {
        foreach (var kind in Enum.GetValues<BlurKind>())
        {
            var blurred = Render(Pictures.Flat(32, 32, 10, 130, 250), draw => draw with { Blurs = [new BlurDraw(kind, 5, 30)] });

            Assert.Equal((10, 130, 250), Pictures.At(blurred, 0, 0));
            Assert.Equal((10, 130, 250), Pictures.At(blurred, 16, 16));
        }
    }

    [Fact]
    public void A_box_blur_spreads_a_point_over_nine_pixels()
    {
        var point = Pictures.Of(9, 9, (x, y) => x == 4 && y == 4 ? (180, 180, 180) : (0, 0, 0));

        var blurred = Render(point, draw => draw with { Blurs = [new BlurDraw(BlurKind.Box, 3)] });

        Assert.Equal(9, blurred.Pixels.Count(value => value == 20) / 3);
        Assert.Equal(9 * 20 * 3, blurred.Pixels.Sum(value => value));
    }

    [Fact]
    public void Noise_has_its_deviation_and_no_mean()
    {
        var noisy = Render(Pictures.Flat(128, 128, 128, 128, 128), draw => draw with { Noise = new NoiseDraw(10, 0, 7) });
        var values = noisy.Pixels.Take(128 * 128 * 3).Select(value => (double)value - 128).ToList();

        Assert.InRange(values.Average(), -0.3, 0.3);   // standard error 0.05
        Assert.InRange(Math.Sqrt(values.Average(value => value * value)), 9.7, 10.3);
    }

    [Fact]
    public void Light_noise_is_common_to_the_channels_and_spares_the_dark()
    {
        var noisy = Render(Pictures.Of(64, 64, (x, _) => x < 32 ? (0, 0, 0) : (200, 200, 200)), draw => draw with { Noise = new NoiseDraw(0, 12, 7) });

        Assert.All(Enumerable.Range(0, 64), y => Assert.Equal((0, 0, 0), Pictures.At(noisy, 3, y)));
        var (r, g, b) = Pictures.At(noisy, 50, 3);
        Assert.Equal((r, r), (g, b));
        Assert.True(Enumerable.Range(0, 64).Select(y => Pictures.At(noisy, 50, y).R).Distinct().Count() > 15);
    }

    [Fact]
    public void Holes_are_cut_where_they_were_drawn()
    {
        var cut = Render(Pictures.Flat(20, 10, 200, 200, 200), draw => draw with { Holes = [new HoleDraw(3, 2, 4, 5, 30)] });

        Assert.Equal(4 * 5 * 3, cut.Pixels.Count(value => value == 30));
        Assert.Equal((30, 30, 30), Pictures.At(cut, 6, 6));
        Assert.Equal((200, 200, 200), Pictures.At(cut, 7, 6));
    }

    [Fact]
    public void Equalisation_widens_a_narrow_range_and_keeps_the_colour()
    {
        var faint = Pictures.Of(64, 64, (x, _) => (100 + (x / 4), 90 + (x / 4), 110 + (x / 4)));

        var clear = Render(faint, draw => draw with { Tones = [new ToneDraw(ToneKind.Clahe, 4, 2)] });

        Assert.True(Pictures.At(clear, 63, 32).R - Pictures.At(clear, 0, 32).R > 15 * 2);
        var (r, g, b) = Pictures.At(clear, 30, 30);
        Assert.Equal((10, 20), (r - g, b - g));
    }
}
