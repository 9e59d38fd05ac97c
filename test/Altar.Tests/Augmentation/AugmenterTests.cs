using Altar.Augmentation;
using Altar.Augmentation.Kernels;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Augmentation;

public class AugmenterTests
{
    /// <summary>Every operation there is, each likely.</summary>
    private static AugmentationOptions Everything { get; } = AugmentationOptions.HardAerial with
    {
        Crop = CropKind.Resized,
        Mirror = 0.5,
        Shear = 0.1,
        Aspect = 0.2,
        Tone = new ToneOptions
        {
            Choice = Choice.One,
            BrightnessContrast = new BrightnessContrastOptions(),
            Contrast = new ContrastOptions(),
            Gamma = new GammaOptions(),
            Clahe = new ClaheOptions(),
            Invert = new InvertOptions(),
        },
        Color = new ColorOptions { Probability = 0.5 },
        Degrade = new DegradeOptions
        {
            BoxBlur = new BoxBlurOptions(),
            GaussianBlur = new GaussianBlurOptions(),
            MotionBlur = new MotionBlurOptions(),
            MedianBlur = new MedianBlurOptions(),
            GaussNoise = new GaussNoiseOptions(),
            IsoNoise = new IsoNoiseOptions(),
        },
        Dropout = new DropoutOptions { Probability = 0.5 },
    };

    public static TheoryData<string> Sets => ["none", "light", "hard", "hard-aerial", "carvana", "everything"];

    private static AugmentationOptions Options(string name) => name == "everything" ? Everything : AugmentationOptions.Parse(name);

    [Theory, MemberData(nameof(Sets))]
    public void The_printed_draw_replays_the_same_pixels(string set)
    {
        var source = Pictures.Random(90, 130);
        var augmenter = new Augmenter(Options(set), new PixelSize(50, 40));
        for (var sample = 0; sample < 40; sample++)
        {
            var draw = augmenter.Draw(new Seed(1).For(sample).ToRandom(), source.Size);
            var replayed = AugmentationDraw.FromJson(draw.ToJson());

            Assert.Equal(augmenter.Render(source, draw).Pixels, augmenter.Render(source, replayed).Pixels);
        }
    }

    [Theory, MemberData(nameof(Sets))]
    public void All_vector_widths_agree_within_one_grey_level(string set)
    {
        Assert.SkipUnless(Lanes4.IsSupported, "This processor has no SSE 4.1.");
        var source = Pictures.Random(90, 130);
        foreach (var target in (PixelSize[])[new(48, 32), new(37, 41)])
        {
            var plain = new Augmenter(Options(set), target, VectorWidth.Plain);
            var vectors = Enum.GetValues<VectorWidth>().Where(width => width <= Augmenter.Widest()).Select(width => new Augmenter(Options(set), target, width)).ToList();
            for (var sample = 0; sample < 60; sample++)
            {
                var draw = plain.Draw(new Seed(2).For(sample).ToRandom(), source.Size);
                var standard = plain.Render(source, draw);

                Assert.All(vectors, vector => Assert.InRange(Pictures.LargestDifference(standard, vector.Render(source, draw)), 0, 1));
            }
        }
    }

    [Fact]
    public void Every_width_writes_all_of_the_destination_and_nothing_behind_it()
    {
        var source = Pictures.Random(30, 30);
        foreach (var width in Enum.GetValues<VectorWidth>().Where(width => width <= Augmenter.Widest()))
        {
            var augmenter = new Augmenter(AugmentationOptions.None, new PixelSize(21, 5), width);
            var memory = Enumerable.Repeat(float.NaN, (21 * 5 * 3) + 100).ToArray();

            augmenter.Apply(source, augmenter.Draw(new Seed(1).ToRandom(), source.Size), Normalization.ImageNet, memory.AsSpan(0, 21 * 5 * 3));

            Assert.DoesNotContain(float.NaN, memory[..(21 * 5 * 3)]);
            Assert.All(memory[(21 * 5 * 3)..], value => Assert.True(float.IsNaN(value)));
        }
    }

    [Fact]
    public void Threads_that_share_an_augmenter_get_the_same_pixels()
    {
        var source = Pictures.Random(120, 90);
        var augmenter = new Augmenter(Everything, PixelSize.Square(64));
        var alone = Enumerable.Range(0, 64).Select(Render).ToArray();

        var together = new Raster[64];
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, sample => together[sample] = Render(sample));

        for (var i = 0; i < 64; i++) Assert.Equal(alone[i].Pixels, together[i].Pixels);

        Raster Render(int sample) => augmenter.Render(source, augmenter.Draw(new Seed(3).For(sample).ToRandom(), source.Size));
    }

    [Fact]
    public void Output_is_normalised_with_the_channels_last()
    {
        var source = Pictures.Flat(20, 20, 255, 0, 51);
        var augmenter = new Augmenter(AugmentationOptions.None, new PixelSize(4, 2));
        var values = new float[4 * 2 * 3];

        augmenter.Apply(source, augmenter.Draw(new Seed(1).ToRandom(), source.Size), Normalization.ImageNet, values);

        // (1 - 0.485) / 0.229, (0 - 0.456) / 0.224, (0.2 - 0.406) / 0.225
        for (var i = 0; i < values.Length; i += 3)
        {
            Assert.Equal(2.2489f, values[i], 1e-3f);
            Assert.Equal(-2.0357f, values[i + 1], 1e-3f);
            Assert.Equal(-0.9156f, values[i + 2], 1e-3f);
        }
    }

    [Fact]
    public void A_destination_of_another_length_is_refused()
    {
        var source = Pictures.Flat(20, 20, 1, 2, 3);
        var augmenter = new Augmenter(AugmentationOptions.None, new PixelSize(4, 2));
        var draw = augmenter.Draw(new Seed(1).ToRandom(), source.Size);

        Assert.Throws<ArgumentException>(() => augmenter.Apply(source, draw, Normalization.ImageNet, new float[23]));
    }

    [Fact]
    public void A_picture_of_one_pixel_becomes_a_flat_input()
    {
        var source = Pictures.Flat(1, 1, 10, 20, 30);
        var augmenter = new Augmenter(AugmentationOptions.HardAerial with { Tone = null }, PixelSize.Square(32));

        var pixels = augmenter.Render(source, augmenter.Draw(new Seed(4).ToRandom(), source.Size));

        Assert.Equal((10, 20, 30), Pictures.At(pixels, 0, 0));
        Assert.Equal((10, 20, 30), Pictures.At(pixels, 31, 31));
    }

    [Fact]
    public void Draws_have_the_stated_frequencies_and_ranges()
    {
        var augmenter = new Augmenter(AugmentationOptions.Hard, PixelSize.Square(224));
        var draws = Enumerable.Range(0, 4000).Select(sample => augmenter.Draw(new Seed(9).For(sample).ToRandom(), new PixelSize(400, 300))).ToList();

        Assert.InRange(draws.Count(draw => draw.Geometry.MirrorX), 1870, 2130);   // 4 standard errors of 0.5
        Assert.All(draws, draw => Assert.InRange(draw.Geometry.Rotate, -10, 10));
        Assert.All(draws, draw => Assert.InRange(draw.Geometry.Scale, 0.85, 1));
        Assert.All(draws, draw => Assert.InRange(draw.Geometry.Aspect, 0.75, 1.25));
        Assert.All(draws, draw => Assert.InRange(draw.Color!.Hue, -36, 36));
        Assert.InRange(draws.Max(draw => draw.Geometry.Rotate), 9.8, 10);
        Assert.InRange(draws.Average(draw => draw.Geometry.CropX), -2, 2);
    }

    [Fact]
    public void A_flip_is_one_of_three_and_a_choice_takes_one()
    {
        var options = AugmentationOptions.HardAerial with { Flip = 1 };
        var draws = Enumerable.Range(0, 3000).Select(sample => new Augmenter(options, PixelSize.Square(64)).Draw(new Seed(10).For(sample).ToRandom(), PixelSize.Square(256))).ToList();

        foreach (var kind in draws.GroupBy(draw => (draw.Geometry.MirrorX, draw.Geometry.MirrorY)))
        {
            Assert.NotEqual((false, false), kind.Key);
            Assert.InRange(kind.Count(), 890, 1110);   // 4 standard errors of a third
        }

        Assert.InRange(draws.Count(draw => draw.Blurs.Count == 1), 510, 690);   // 0.2
        Assert.DoesNotContain(draws, draw => draw.Geometry is { Barrel: not null, Grid: not null });
    }
}
