using Altar.Batching;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Batching;

public class ShapeBucketsTests
{
    private static readonly ShapeBuckets Three = ShapeBuckets.Parse(["224x224", "224x320", "320x224"]);

    [Fact]
    public void Borders_are_the_geometric_means_of_neighbouring_aspects()
    {
        //  0.7 -- sqrt(0.7) -- 1 -- sqrt(1.4286) -- 1.4286
        Assert.Equal([0.8367, 1.1952], Three.Borders.Select(border => Math.Round(border, 4)));
    }

    [Theory]
    [InlineData(1000, 1000, 0)]
    [InlineData(119, 100, 0)]
    [InlineData(120, 100, 1)]
    [InlineData(5000, 100, 1)]
    [InlineData(84, 100, 0)]
    [InlineData(83, 100, 2)]
    [InlineData(400, 300, 1)]
    [InlineData(300, 400, 2)]
    public void A_picture_takes_the_shape_nearest_to_its_aspect(int width, int height, int bucket) => Assert.Equal(bucket, Three.Choose(new PixelSize(width, height)));

    [Fact]
    public void Shapes_are_height_by_width()
    {
        Assert.Equal([new PixelSize(224, 224), new PixelSize(320, 224), new PixelSize(224, 320)], Three.Shapes);
        Assert.Equal(new PixelSize(320, 224), Three.Largest);
    }

    [Theory]
    [InlineData("data.shapes is empty")]
    [InlineData("224 and 320 have the same aspect", "224", "224x320", "320")]
    [InlineData("'wide' is no size", "wide")]
    public void Shapes_that_cannot_be_are_refused(string expected, params string[] shapes) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => ShapeBuckets.Parse(shapes)).Message, StringComparison.Ordinal);
}
