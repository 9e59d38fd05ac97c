using Altar.Augmentation;
using Altar.Recipes;
using Altar.Tensors;

namespace Altar.Tests.Augmentation;

public class AugmentationOptionsTests
{
    [Fact]
    public void Presets_are_found_by_name_and_are_in_range()
    {
        foreach (var name in (string[])["none", "light", "hard", "hard-aerial", "carvana"])
        {
            var preset = AugmentationOptions.Parse(name);
            Assert.Same(preset, preset.Validated());
        }

        Assert.Equal(AugmentationOptions.None, new AugmentationOptions());
        Assert.Equal(AugmentationOptions.Hard, AugmentationOptions.Parse("hard"));
    }

    [Fact]
    public void An_unknown_preset_names_the_known_ones()
    {
        var error = Assert.Throws<FormatException>(() => AugmentationOptions.Parse("harder"));

        Assert.Equal("'harder' is no augmentation; write none, light, hard, hard-aerial, carvana, or a mapping that may begin with `from:` and one of them.", error.Message);
    }

    public static TheoryData<string, AugmentationOptions> Bad => new()
    {
        { "augment: rotate is 200; write a number from 0 to 180.", new() { Rotate = 200 } },
        { "augment: rotate is NaN; write a number from 0 to 180.", new() { Rotate = double.NaN } },
        { "augment: scale_min is 2, above scale_max, 1; exchange them.", new() { ScaleMin = 2 } },
        { "augment: bend.grid_cells is 1; write a number from 2 to 32.", new() { Bend = new() { GridCells = 1 } } },
        { "augment: tone.gamma.min is 3, above tone.gamma.max, 1.2; exchange them.", new() { Tone = new() { Gamma = new() { Min = 3 } } } },
        { "augment: color.hue is -1; write a number from 0 to 90.", new() { Color = new() { Hue = -1 } } },
        { "augment: degrade.box_blur.size_min and degrade.box_blur.size_max are 4 and 5; a kernel has an odd number of pixels.", new() { Degrade = new() { BoxBlur = new() { SizeMin = 4, SizeMax = 5 } } } },
        { "augment: dropout.probability is 1.5; write a number from 0 to 1.", new() { Dropout = new() { Probability = 1.5 } } },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_value_outside_of_its_range_is_told_with_its_key(string message, AugmentationOptions options)
    {
        Assert.Equal(message, Assert.Throws<BadInputException>(options.Validated).Message);
    }

    [Fact]
    public void The_example_of_the_documentation_is_a_recipe()
    {
        var augment = RecipeFile.Parse(
            """
            name: example
            data: {train: photos}
            stages:
              - name: hard
                augment:
                  from: hard
                  rotate: 15
                  tone: {choice: one, probability: 0.7, brightness_contrast: {brightness: 0.3}, gamma: {}, clahe: {clip: 2}}
                  degrade: {probability: 0.3, gauss_noise: {}, motion_blur: {}, gaussian_blur: {}}
                  dropout: {probability: 0.3}
            """,
            "example.yaml").Stages[0].Augment;

        Assert.Equal((15, 0.25, 36), (augment.Rotate, augment.Aspect, augment.Color!.Hue));
        Assert.Equal(new ToneOptions { Choice = Choice.One, Probability = 0.7, BrightnessContrast = new() { Brightness = 0.3 }, Gamma = new(), Clahe = new() { Clip = 2 } }, augment.Tone);
        Assert.Equal(new DegradeOptions { Probability = 0.3, GaussNoise = new(), MotionBlur = new(), GaussianBlur = new() }, augment.Degrade);
        Assert.Equal(new DropoutOptions { Probability = 0.3 }, augment.Dropout);
    }
}
