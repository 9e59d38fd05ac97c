namespace Altar.Augmentation;

/// <summary>Which part of the resized picture becomes the network's input.</summary>
public enum CropKind
{
    /// <summary>The middle.</summary>
    Center,

    /// <summary>Anywhere, every place equally likely.</summary>
    Random,

    /// <summary>A window of random area and aspect, stretched to the target (torchvision's RandomResizedCrop).</summary>
    Resized,
}

/// <summary>What may happen to a training picture, with all its parameters: the recipe's <c>augment</c>.</summary>
/// <remarks>
/// The defaults are the preset <c>none</c>. Geometry is composed into one warp in the order: bend, scale with aspect and shear, rotation, shift,
/// crop, mirror or flip, transpose; what lies outside the picture is its reflection without the edge pixel (reflect-101).
/// Then come blur, tone, colour, noise and dropout. docs/augmentation.md has every preset as a table.
/// </remarks>
public sealed record AugmentationOptions
{
    /// <summary>The view for evaluation: short side to 256/224 of the target, the middle of it.</summary>
    public static AugmentationOptions None { get; } = new();

    /// <summary>Random crop and mirror.</summary>
    public static AugmentationOptions Light { get; } = new() { Crop = CropKind.Random, Mirror = 0.5 };

    /// <summary>AvitoNet's iterator: crop, mirror, rotation, aspect, shear, scale, and jitter of hue, saturation and lightness.</summary>
    public static AugmentationOptions Hard { get; } = Light with
    {
        Rotate = 10,
        Aspect = 0.25,
        Shear = 0.1,
        ScaleMin = 0.85,
        ScaleMax = 1,
        Color = new ColorOptions { Space = ColorSpace.Hsl, Hue = 36, Saturation = 40, Lightness = 40 },
    };

    /// <summary>For pictures without an upright, e.g. from the air: any flip, transpose, 45 degrees, grid and barrel distortion, contrast, blur.</summary>
    public static AugmentationOptions HardAerial { get; } = new()
    {
        Resize = 1,
        Flip = 0.5,
        Transpose = 0.5,
        Warp = 0.75,
        Bend = new BendOptions(),
        Rotate = 45,
        Shift = 0.0625,
        ScaleMin = 0.9,
        ScaleMax = 1.1,
        Tone = new ToneOptions { Contrast = new ContrastOptions { Probability = 0.5 } },
        Degrade = new DegradeOptions { Probability = 0.2, BoxBlur = new BoxBlurOptions() },
    };

    /// <summary>Carvana's by A. Buslaev: mirror, a little shift, scale and rotation, brightness, hue and saturation. For whole pictures and a fixed camera.</summary>
    public static AugmentationOptions Carvana { get; } = new()
    {
        Resize = 1,
        Mirror = 0.5,
        Warp = 0.75,
        Rotate = 5,
        Shift = 0.0625,
        ScaleMin = 0.9,
        ScaleMax = 1.1,
        Tone = new ToneOptions { BrightnessContrast = new BrightnessContrastOptions { Probability = 0.5, Brightness = 0.1, Contrast = 0 } },
        Color = new ColorOptions { Probability = 0.5, Hue = 10, Saturation = 25, Lightness = 25 },
    };

    /// <summary>Size to which the picture is brought before the crop, as a multiple of the target: the smallest that covers it. 0.25 to 8. Default 256/224.</summary>
    public double Resize { get; init; } = 256.0 / 224;

    /// <summary>Which part is taken. Default center.</summary>
    public CropKind Crop { get; init; } = CropKind.Center;

    /// <summary>Smallest area of a resized crop, as a share of the picture, in (0, 1]. Default 0.08.</summary>
    public double CropAreaMin { get; init; } = 0.08;

    /// <summary>Largest area of a resized crop, as a share of the picture, in (0, 1]. Default 1.</summary>
    public double CropAreaMax { get; init; } = 1;

    /// <summary>A resized crop is up to this much wider or higher than the target, 1 to 4. Default 4/3.</summary>
    public double CropAspect { get; init; } = 4.0 / 3;

    /// <summary>Probability of a mirror, left to right, in [0, 1]. Default 0.</summary>
    public double Mirror { get; init; }

    /// <summary>Probability of any flip, one of left-right, top-bottom, both, in [0, 1]. Default 0.</summary>
    public double Flip { get; init; }

    /// <summary>Probability that rows and columns change places, in [0, 1]. Default 0.</summary>
    public double Transpose { get; init; }

    /// <summary>Probability of bend, rotation, scale, aspect, shear and shift together, in [0, 1]. Default 1.</summary>
    public double Warp { get; init; } = 1;

    /// <summary>Largest rotation about the centre, either way, in degrees, in [0, 180]. Default 0.</summary>
    public double Rotate { get; init; }

    /// <summary>Smallest magnification, 0.1 to 10. Default 1.</summary>
    public double ScaleMin { get; init; } = 1;

    /// <summary>Largest magnification, 0.1 to 10. Default 1.</summary>
    public double ScaleMax { get; init; } = 1;

    /// <summary>Largest change of the ratio of width to height, as a share, in [0, 0.9]. Default 0.</summary>
    public double Aspect { get; init; }

    /// <summary>Largest shear, either way: columns per row, in [0, 1]. Default 0.</summary>
    public double Shear { get; init; }

    /// <summary>Largest shift, either way, as a share of the picture's width and height, in [0, 1]. Default 0.</summary>
    public double Shift { get; init; }

    /// <summary>Barrel and grid distortion. Default none.</summary>
    public BendOptions? Bend { get; init; }

    /// <summary>Brightness, contrast, gamma, CLAHE, inversion. Default none.</summary>
    public ToneOptions? Tone { get; init; }

    /// <summary>Jitter of hue and saturation. Default none.</summary>
    public ColorOptions? Color { get; init; }

    /// <summary>Noise and blur. Default none.</summary>
    public DegradeOptions? Degrade { get; init; }

    /// <summary>Rectangles cut out. Default none.</summary>
    public DropoutOptions? Dropout { get; init; }

    /// <summary>Reads the name of a preset: none, light, hard, hard-aerial, carvana.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">No such preset.</exception>
    public static AugmentationOptions Parse(string text) => text switch
    {
        "none" => None,
        "light" => Light,
        "hard" => Hard,
        "hard-aerial" => HardAerial,
        "carvana" => Carvana,
        _ => throw new FormatException($"'{text}' is no augmentation; write none, light, hard, hard-aerial, carvana, or a mapping that may begin with `from:` and one of them."),
    };

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <exception cref="Tensors.BadInputException">A value is outside; the message names its key.</exception>
    public AugmentationOptions Validated()
    {
        OptionRange.Check("resize", Resize, 0.25, 8);
        OptionRange.CheckPair("crop_area", CropAreaMin, CropAreaMax, 1e-4, 1);
        OptionRange.Check("crop_aspect", CropAspect, 1, 4);
        OptionRange.Check("mirror", Mirror, 0, 1);
        OptionRange.Check("flip", Flip, 0, 1);
        OptionRange.Check("transpose", Transpose, 0, 1);
        OptionRange.Check("warp", Warp, 0, 1);
        OptionRange.Check("rotate", Rotate, 0, 180);
        OptionRange.CheckPair("scale", ScaleMin, ScaleMax, 0.1, 10);
        OptionRange.Check("aspect", Aspect, 0, 0.9);
        OptionRange.Check("shear", Shear, 0, 1);
        OptionRange.Check("shift", Shift, 0, 1);
        Bend?.Validate();
        Tone?.Validate();
        Color?.Validate();
        Degrade?.Validate();
        Dropout?.Validate();
        return this;
    }
}
