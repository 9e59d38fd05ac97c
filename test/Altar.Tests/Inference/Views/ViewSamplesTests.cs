using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Inference.Views;
using Altar.Tensors;

namespace Altar.Tests.Inference.Views;

public sealed class ViewSamplesTests : IDisposable
{
    private static readonly PixelSize Target = new(6, 4);

    private readonly ColourPictures _pictures = new();
    private readonly Sample _picture;

    public ViewSamplesTests()
    {
        var raster = new Raster(new PixelSize(40, 30));
        var random = new Seed(1).ToRandom();
        random.NextBytes(raster.Pixels);
        var path = Path.Combine(_pictures.Folder, "noise.png");
        RasterWriter.Write(path, raster);
        _picture = new Sample(path, 3);
    }

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void One_view_is_the_view_of_validation()
    {
        var expected = new float[Target.Area * 3];
        new PictureSamples([_picture], new Augmenter(AugmentationOptions.None, Target), Normalization.ImageNet, new SetAside()).TryFill(0, new Seed(9), expected, new long[1]);

        Assert.Equal(expected, Fill(ViewPlan.None));
    }

    [Fact]
    public void Crops_stand_below_each_other_in_their_order()
    {
        var plan = ViewPlan.Parse("scales");

        var all = Fill(plan);

        Assert.Equal(3 * Target.Area * 3, all.Length);
        Assert.Equal(Fill(plan with { Crops = [plan.Crops[2]] }), all[^(int)(Target.Area * 3)..], (a, b) => Math.Abs(a - b) < 0.05);   // the reader may keep more pixels for all than for one
        Assert.NotEqual(all[..(int)(Target.Area * 3)], all[^(int)(Target.Area * 3)..]);
    }

    private float[] Fill(ViewPlan plan)
    {
        var samples = new ViewSamples([_picture], plan.Crops, Target, Normalization.ImageNet, new SetAside());
        var input = new float[samples.Size.Area * 3];
        var label = new long[1];
        Assert.True(samples.TryFill(0, new Seed(1), input, label));
        Assert.Equal(3, label[0]);
        return input;
    }
}
