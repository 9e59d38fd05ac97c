using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;
using Altar.Tests.Inference;

namespace Altar.Tests.Batching;

public sealed class PictureSamplesTests : IDisposable
{
    private static readonly PixelSize Size = new(4, 4);
    private static readonly Normalization Unit = new() { Mean = [0, 0, 0], Std = [1, 1, 1] };
    private readonly Augmenter _augmenter = new(AugmentationOptions.None, Size);
    private readonly ColourPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    private List<Sample> Twenty(int damaged) =>
        [.. Enumerable.Range(0, 20).Select(i => i < damaged ? _pictures.WriteText($"{i}.jpg", label: i) : _pictures.Write($"{i}.png", (byte)i, 0, 0, label: i))];

    private static List<long> Labels(PictureSamples pictures)
    {
        using var loader = new BatchLoader(pictures, new BatchOptions { Batch = 8, Shuffles = false, Threads = 2 }, new Seed(1));
        var labels = new List<long>();
        foreach (var batch in loader.Epoch(1))
        {
            using (batch) labels.AddRange(batch.Labels.data<long>().ToArray());
        }

        return labels;
    }

    [Fact]
    public void A_picture_becomes_its_view_and_its_class()
    {
        Sample[] samples = [_pictures.Write("a.png", 255, 51, 0, label: 7)];
        var (input, target) = (new float[48], new long[1]);

        Assert.True(new PictureSamples(samples, _augmenter, Unit, new SetAside()).TryFill(0, new Seed(1), input, target));

        Assert.Equal([1, 0.2f, 0], input[..3], (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
        Assert.Equal(7, target[0]);
    }

    [Fact]
    public void One_damaged_picture_in_twenty_is_set_aside()
    {
        var setAside = new SetAside();

        Assert.Equal(Enumerable.Range(1, 19).Select(i => (long)i), Labels(new PictureSamples(Twenty(damaged: 1), _augmenter, Unit, setAside)));

        Assert.Equal("0.jpg", Path.GetFileName(Assert.Single(setAside.Items).Path));
    }

    [Fact]
    public void Two_damaged_pictures_in_twenty_stop_the_run()
    {
        var error = Assert.Throws<BadInputException>(() => Labels(new PictureSamples(Twenty(damaged: 2), _augmenter, Unit, new SetAside())));

        Assert.Contains("2 of 20 pictures cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_of_another_set_in_the_same_list_does_not_count()
    {
        var setAside = new SetAside();
        for (var i = 0; i < 10; i++) setAside.Add($"another/{i}.jpg", "is cut off");

        Assert.Equal(19, Labels(new PictureSamples(Twenty(damaged: 1), _augmenter, Unit, setAside)).Count);
    }

    [Fact]
    public void Where_damage_is_not_limited_the_rest_goes_on() =>
        Assert.Equal(15, Labels(new PictureSamples(Twenty(damaged: 5), _augmenter, Unit, new SetAside()) { LimitsDamage = false }).Count);

    [Fact]
    public void A_file_that_is_gone_is_set_aside_like_a_damaged_one()
    {
        var setAside = new SetAside();
        var pictures = new PictureSamples([new Sample(Path.Combine(_pictures.Folder, "gone.jpg"), 0)], _augmenter, Unit, setAside) { LimitsDamage = false };

        Assert.False(pictures.TryFill(0, new Seed(1), new float[48], new long[1]));

        Assert.StartsWith("cannot be opened: ", Assert.Single(setAside.Items).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cached_pictures_are_the_same_and_stay_within_their_memory()
    {
        var samples = Twenty(damaged: 0);
        var bytes = new Raster(Size).Pixels.Length;
        var cache = new RasterCache(bytes * 5);
        var pictures = new PictureSamples(samples, _augmenter, Unit, new SetAside()) { Cache = cache, LimitsDamage = false };

        Assert.Equal(20, Labels(pictures).Count);
        foreach (var sample in samples) File.Delete(sample.Path);

        Assert.Equal(5, cache.Count);
        Assert.Equal(5, Labels(pictures).Count);
    }

    [Fact]
    public void A_large_photo_is_decoded_at_the_scale_that_its_view_needs()
    {
        Sample[] samples = [new Sample(Path.Combine(_pictures.Folder, "large.jpg"), 0)];
        RasterWriter.Write(samples[0].Path, new Raster(PixelSize.Square(64)));
        var cache = new RasterCache(new Raster(PixelSize.Square(16)).Pixels.Length);   // room for 1/4 of it, and no more

        Labels(new PictureSamples(samples, new Augmenter(AugmentationOptions.None, PixelSize.Square(8)), Unit, new SetAside()) { Cache = cache });

        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Hard_views_are_the_same_bits_for_any_number_of_threads_and_from_the_cache()
    {
        var samples = Enumerable.Range(0, 24).Select(i => Photo(i, 40 + i, 60 - i)).ToList();
        var cache = new RasterCache(1 << 20);

        var expected = HardEpochs(samples, threads: 1, cache: null);

        Assert.Equal(expected, HardEpochs(samples, threads: 4, cache));
        Assert.InRange(cache.Count, 24, 48);   // a picture may be wanted at two scales
        Assert.Equal(expected, HardEpochs(samples, threads: 2, cache));
    }

    private Sample Photo(int number, int width, int height)
    {
        var (raster, random) = (new Raster(new PixelSize(width, height)), new Seed(9).For(number).ToRandom());
        random.NextBytes(raster.Pixels);
        var path = Path.Combine(_pictures.Folder, $"{number}.jpg");
        RasterWriter.Write(path, raster);
        return new Sample(path, number);
    }

    private static List<float> HardEpochs(List<Sample> samples, int threads, RasterCache? cache)
    {
        var pictures = new PictureSamples(samples, new Augmenter(AugmentationOptions.Hard, PixelSize.Square(16)), Normalization.ImageNet, new SetAside()) { Cache = cache };
        using var loader = new BatchLoader(pictures, new BatchOptions { Batch = 8, Threads = threads }, new Seed(5));
        var inputs = new List<float>();
        foreach (var epoch in (int[])[1, 2])
        {
            foreach (var batch in loader.Epoch(epoch, preparesNext: epoch == 1))
            {
                using (batch)
                using (var images = batch.Images.contiguous()) inputs.AddRange(images.data<float>().ToArray());
            }
        }

        return inputs;
    }
}
