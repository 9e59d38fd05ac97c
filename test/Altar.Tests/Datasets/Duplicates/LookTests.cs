using Altar.Datasets.Duplicates;
using Altar.Images;

namespace Altar.Tests.Datasets.Duplicates;

public class LookTests
{
    [Theory]
    [InlineData(320, 240, 0)]      // twice the size
    [InlineData(80, 60, 0)]        // half of it
    [InlineData(160, 120, 20)]      // brighter
    public void The_same_picture_changed_a_little_looks_the_same(int width, int height, int brighter)
    {
        for (ulong seed = 0; seed < 20; seed++)
            Assert.True(Look.Of(TestPictures.Blobs(seed)).IsNear(Look.Of(TestPictures.Blobs(seed, width, height, brighter))), $"picture {seed}");
    }

    [Fact]
    public void A_picture_coded_coarsely_looks_the_same()
    {
        using var folder = new TemporaryFolder();
        var coarse = RasterReader.Read(folder.WriteBlobs("a.jpg", seed: 5, quality: 30));

        Assert.True(Look.Of(TestPictures.Blobs(5)).IsNear(Look.Of(coarse)));
    }

    [Fact]
    public void Other_pictures_look_different()
    {
        var looks = Enumerable.Range(0, 40).Select(seed => Look.Of(TestPictures.Blobs((ulong)seed))).ToList();

        Assert.DoesNotContain(true, from one in Enumerable.Range(0, 40) from other in Enumerable.Range(0, one) select looks[one].IsNear(looks[other]));
    }

    [Fact]
    public void The_same_shape_in_another_colour_looks_different()
    {
        var picture = TestPictures.Blobs(1);
        var recolored = new Raster(picture.Size);
        for (var i = 0; i < picture.Pixels.Length - Raster.Padding; i += 3)
            (recolored.Pixels[i], recolored.Pixels[i + 1], recolored.Pixels[i + 2]) = (picture.Pixels[i + 2], picture.Pixels[i], picture.Pixels[i + 1]);

        Assert.False(Look.Of(picture).IsNear(Look.Of(recolored)));
    }
}
