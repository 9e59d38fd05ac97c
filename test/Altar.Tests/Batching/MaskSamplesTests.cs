using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Masks;
using Altar.Images;
using Altar.Tensors;
using Altar.Tests.Augmentation;
using Altar.Tests.Datasets.Masks;

namespace Altar.Tests.Batching;

public sealed class MaskSamplesTests : IDisposable
{
    private static readonly Normalization Bytes = new() { Mean = [0, 0, 0], Std = [1 / 255f, 1 / 255f, 1 / 255f] };
    private readonly MaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The picture tells its mask: red above 128 is the class. Green is the column, blue the row.
    private void AddTelling(string name, int width, int height, Func<int, int, bool> isInside)
    {
        RasterWriter.Write(Path.Combine(_folder.Images, name), Pictures.Of(width, height, (x, y) => (isInside(x, y) ? 255 : 0, x % 256, y % 256)));
        _folder.AddMask(Path.ChangeExtension(name, Path.GetExtension(name) == ".tif" ? ".tif" : ".png"), width, height, (x, y) => isInside(x, y) ? 255 : 0);
    }

    private MaskedSet Set(DataOptions options)
    {
        AddTelling("zz1.png", 40, 30, (x, _) => x > 5);   // the split takes one of these
        AddTelling("zz2.png", 40, 30, (x, _) => x > 5);
        var pictures = _folder.Open(options);
        return pictures.Train with { Pictures = [.. MaskFolder.All(pictures).Where(picture => !Path.GetFileName(picture.Path).StartsWith("zz", StringComparison.Ordinal))] };
    }

    private static (float[] Input, long[] Target) Fill(MaskSamples samples, int sample, ulong seed = 1)
    {
        var (input, target) = (new float[samples.Size.Area * 3], new long[samples.Size.Area]);
        Assert.True(samples.TryFill(sample, new Seed(seed), input, target));
        return (input, target);
    }

    [Theory]
    [InlineData("hard")]
    [InlineData("hard-aerial")]
    [InlineData("light")]
    [InlineData("carvana")]
    public void Crops_and_their_masks_stay_together(string preset)
    {
        AddTelling("a.png", 300, 200, (x, y) => ((x - 150) * (x - 150)) + ((y - 90) * (y - 90)) < 3000 || x > 250);
        AddTelling("b.tif", 200, 300, (x, y) => y is > 100 and < 160 || x < 20);
        var options = _folder.Options() with { Crop = PixelSize.Square(96), Size = PixelSize.Square(64), Samples = 10 };
        var samples = MaskSamples.ToLearn(Set(options), options, AugmentationOptions.Parse(preset) with { Color = null, Tone = null, Degrade = null }, options.Size, Bytes, new SetAside());

        Assert.Equal((20, 2), (samples.Count, samples.TargetShape.Count));
        for (var sample = 0; sample < 20; sample++)
        {
            var (input, target) = Fill(samples, sample, (ulong)sample);
            var wrong = Enumerable.Range(0, 64 * 64).Count(i => (input[i * 3] > 127) != (target[i] == 1) && !IsAtAnEdge(target, i, 64));
            Assert.Equal(0, wrong);
        }
    }

    [Fact]
    public void A_whole_picture_is_stretched_to_the_input()
    {
        AddTelling("a.png", 80, 40, (x, _) => x >= 40);
        var options = _folder.Options() with { Size = PixelSize.Square(20) };

        var (input, target) = Fill(MaskSamples.ToJudge(Set(options), options, options.Size, Bytes, new SetAside()), 0);

        Assert.Equal(Enumerable.Range(0, 20).Select(x => x >= 10 ? 1L : 0L), target[..20]);
        Assert.Equal([1.5f, 77.5f], [input[1], input[(19 * 3) + 1]], (expected, actual) => Math.Abs(expected - actual) < 0.6f);
    }

    [Fact]
    public void Tiles_for_judging_count_every_pixel_once_and_nothing_beyond_the_sides()
    {
        AddTelling("a.png", 50, 20, (x, y) => (x + y) % 2 == 0);
        var options = _folder.Options() with { Crop = PixelSize.Square(32), Size = PixelSize.Square(32), ValSamples = 0 };
        var samples = MaskSamples.ToJudge(Set(options), options, options.Size, Bytes, new SetAside());

        var targets = Enumerable.Range(0, samples.Count).Select(sample => Fill(samples, sample).Target).ToList();

        Assert.Equal(2, samples.Count);                                     // 32 and 18 columns of 50; rows in the middle of 32
        Assert.Equal([new PixelBox(0, -6, 32, 32), new PixelBox(18, -6, 32, 32)], [samples.PartOf(0), samples.PartOf(1)]);
        Assert.Equal(50 * 20, targets.Sum(target => target.Count(value => value >= 0)));
        Assert.Equal(500, targets.Sum(target => target.Count(value => value == 1)));
    }

    [Fact]
    public void Of_many_tiles_evenly_spread_ones_are_judged()
    {
        AddTelling("a.png", 160, 160, (_, _) => true);
        var options = _folder.Options() with { Crop = PixelSize.Square(16), Size = PixelSize.Square(16), ValSamples = 4 };

        var samples = MaskSamples.ToJudge(Set(options), options, options.Size, Bytes, new SetAside());

        // 100 tiles: numbers 12, 37, 62, 87
        Assert.Equal([(32, 16), (112, 48), (32, 96), (112, 128)], Enumerable.Range(0, 4).Select(i => (samples.PartOf(i)!.Value.X, samples.PartOf(i)!.Value.Y)));
    }

    [Fact]
    public void The_chosen_share_of_crops_has_an_object()
    {
        AddTelling("a.png", 400, 400, (x, y) => x is > 300 and < 312 && y is > 40 and < 52);
        var options = _folder.Options() with { Crop = PixelSize.Square(48), Size = PixelSize.Square(48), Samples = 200 };
        var set = Set(options);

        double ShareWithObject(double objects)
        {
            var samples = MaskSamples.ToLearn(set, options with { Objects = objects }, AugmentationOptions.None, options.Size, Bytes, new SetAside());
            return Enumerable.Range(0, 200).Count(sample => Fill(samples, sample, (ulong)sample).Target.Contains(1)) / 200.0;
        }

        Assert.InRange(ShareWithObject(0), 0, 0.1);                          // 60 x 60 of 353 x 353 places
        Assert.InRange(ShareWithObject(0.5), 0.4, 0.6);
        Assert.InRange(ShareWithObject(1), 0.95, 1);
    }

    [Fact]
    public void A_crop_for_a_larger_input_shows_more_at_the_same_scale()
    {
        AddTelling("a.png", 200, 200, (_, _) => true);
        var options = _folder.Options() with { Crop = PixelSize.Square(60), Size = PixelSize.Square(30) };
        var set = Set(options);

        var small = Fill(MaskSamples.ToLearn(set, options, AugmentationOptions.None, PixelSize.Square(30), Bytes, new SetAside()), 0).Input;
        var large = Fill(MaskSamples.ToLearn(set, options, AugmentationOptions.None, PixelSize.Square(50), Bytes, new SetAside()), 0).Input;

        // Two columns a pixel in both.
        Assert.Equal(2, small[(10 * 3) + 1] - small[(9 * 3) + 1], 0.1);
        Assert.Equal(2, large[(10 * 3) + 1] - large[(9 * 3) + 1], 0.1);
    }

    [Fact]
    public void Batches_are_the_same_for_any_number_of_threads()
    {
        for (var i = 0; i < 6; i++) AddTelling($"p{i}.png", 60 + i, 50, (x, y) => (x / 9 % 2) + (y / 7 % 2) == 1);
        var options = _folder.Options() with { Crop = PixelSize.Square(32), Size = PixelSize.Square(24), Samples = 4, Objects = 0.5 };
        var set = Set(options);

        var expected = Epoch(set, options, threads: 1);

        Assert.Equal(expected.Inputs, Epoch(set, options, threads: 4).Inputs);
        Assert.Equal(expected.Targets, Epoch(set, options, threads: 3).Targets);
    }

    [Fact]
    public void A_picture_that_is_cut_off_is_set_aside()
    {
        for (var i = 0; i < 21; i++) AddTelling($"p{i:00}.png", 40, 30, (x, _) => x > 20);
        var options = _folder.Options() with { Size = PixelSize.Square(16) };
        var set = Set(options);
        var path = set.Pictures[3].Path;
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..60]);
        var setAside = new SetAside();

        var samples = MaskSamples.ToLearn(set, options, AugmentationOptions.Light, options.Size, Bytes, setAside);

        Assert.False(samples.TryFill(3, new Seed(1), new float[16 * 16 * 3], new long[16 * 16]));
        Assert.Equal(path, Assert.Single(setAside.Items).Path);
        Assert.Equal(path, samples.PathOf(3));
    }

    private static (List<float> Inputs, List<long> Targets) Epoch(MaskedSet set, DataOptions options, int threads)
    {
        var samples = MaskSamples.ToLearn(set, options, AugmentationOptions.HardAerial, options.Size, Normalization.ImageNet, new SetAside());
        using var loader = new BatchLoader(samples, new BatchOptions { Batch = 5, Threads = threads }, new Seed(5));
        var (inputs, targets) = (new List<float>(), new List<long>());
        foreach (var batch in loader.Epoch(1))
        {
            using (batch)
            using (var images = batch.Images.contiguous())
            {
                inputs.AddRange(images.data<float>().ToArray());
                targets.AddRange(batch.Labels.data<long>().ToArray());
            }
        }

        return (inputs, targets);
    }

    private static bool IsAtAnEdge(long[] target, int at, int width)
    {
        var (x, y) = (at % width, at / width);
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                if (target[(Math.Clamp(y + dy, 0, width - 1) * width) + Math.Clamp(x + dx, 0, width - 1)] != target[at]) return true;
            }
        }

        return false;
    }
}
