using Altar.Augmentation;
using Altar.Augmentation.Kernels;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Benchmarks;

/// <summary>The work that is measured: photos of the clothing set to a normalised 224x224 input, each way with the same draws.</summary>
internal sealed class AugmentationWork : IDisposable
{
    /// <summary>Crop, flip, rotation, scale, shift; one of brightness-contrast, gamma, CLAHE; hue-saturation; one of noise, motion blur, Gaussian blur; dropout.</summary>
    public static AugmentationOptions Set { get; } = AugmentationOptions.Light with
    {
        Rotate = 15,
        ScaleMin = 0.9,
        ScaleMax = 1.1,
        Shift = 0.0625,
        Tone = new ToneOptions { Probability = 0.7, Choice = Choice.One, BrightnessContrast = new(), Gamma = new(), Clahe = new() },
        Color = new ColorOptions { Probability = 0.5 },
        Degrade = new DegradeOptions
        {
            Probability = 0.3,
            GaussNoise = new() { Probability = 0.5 },
            IsoNoise = new() { Probability = 0.5 },
            MotionBlur = new(),
            GaussianBlur = new(),
        },
        Dropout = new DropoutOptions { Probability = 0.3, HolesMin = 8, HolesMax = 8, SizeMin = 0.07, SizeMax = 0.07 },
    };

    public static PixelSize Target { get; } = PixelSize.Square(224);

    private readonly float[] _destination = new float[224 * 224 * 3];
    private readonly OpenCvAugmentation _openCv = new();
    private readonly Augmenter _drawing = new(Set, Target);

    public AugmentationWork(int count)
    {
        var folder = Environment.GetEnvironmentVariable("ALTAR_DATA")
            ?? throw new BadInputException("ALTAR_DATA is not set; let it name the folder that holds clothing/images.");
        Paths = [.. Directory.GetFiles(Path.Combine(folder, "clothing", "images"), "*.jpg").Order(StringComparer.Ordinal).Take(count)];
        Rasters = [.. Paths.Select(path => RasterReader.Read(path))];
        Draws = [.. Rasters.Select((raster, i) => _drawing.Draw(new Seed(1).For(i).ToRandom(), raster.Size))];
    }

    public IReadOnlyList<string> Paths { get; }

    public IReadOnlyList<Raster> Rasters { get; }

    public IReadOnlyList<AugmentationDraw> Draws { get; }

    public void Dispose() => _openCv.Dispose();

    public void OpenCvCallByCall()
    {
        for (var i = 0; i < Rasters.Count; i++) _openCv.Apply(Rasters[i], Draws[i], _destination);
    }

    public void Augment(VectorWidth width)
    {
        var augmenter = new Augmenter(Set, Target, width);
        for (var i = 0; i < Rasters.Count; i++)
        {
            var draw = augmenter.Draw(new Seed(1).For(i).ToRandom(), Rasters[i].Size);
            augmenter.Apply(Rasters[i], draw, Normalization.ImageNet, _destination);
        }
    }

    public void Decode()
    {
        foreach (var path in Paths) _ = RasterReader.Read(path);
    }

    public void DecodeAndAugment(VectorWidth width)
    {
        var augmenter = new Augmenter(Set, Target, width);
        for (var i = 0; i < Paths.Count; i++)
        {
            var draw = augmenter.Draw(new Seed(1).For(i).ToRandom(), RasterReader.ReadHeader(Paths[i]).Size);
            var raster = RasterReader.Read(Paths[i], new ReadOptions { AtLeast = draw.AtLeast() });
            augmenter.Apply(raster, draw, Normalization.ImageNet, _destination);
        }
    }
}
