using Altar.Images;
using Altar.Inference.Tiles;
using Altar.Inference.Views;
using Altar.Tensors;

namespace Altar.Tests.Inference.Views;

public class ViewPlanTests
{
    [Theory]
    [InlineData("none", 1)]
    [InlineData("mirror", 2)]
    [InlineData("flips", 4)]
    [InlineData("d4", 8)]
    [InlineData("five", 5)]
    [InlineData("ten", 10)]
    [InlineData("five+mirror", 10)]
    [InlineData("scales", 3)]
    [InlineData("scales+d4", 24)]
    public void Names_have_their_views(string text, int count)
    {
        Assert.Equal(count, ViewPlan.Parse(text).Count);
        Assert.Equal(default, ViewPlan.Parse(text).Symmetries[0]);
    }

    [Theory]
    [InlineData("twelve", "'twelve' is not known")]
    [InlineData("five+scales", "scales does not go with")]
    [InlineData("ten+mirror", "mirror does not go with")]
    public void What_cannot_be_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => ViewPlan.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Five_crops_lie_in_the_middle_and_at_the_corners_of_the_resized_picture()
    {
        // 400 x 300 becomes 341.33 x 256, of which 224 x 224 are seen.
        var (source, target) = (new PixelSize(400, 300), PixelSize.Square(224));

        var places = ViewPlan.Parse("five").Crops.Select(crop => crop.Of(source, target).ToWarp().ToSource(0, 0));

        var pixel = 300.0 / 256;
        (double, double)[] expected = [((400 - (224 * pixel)) / 2, 16 * pixel), (0, 0), (400 - (224 * pixel), 0), (0, 32 * pixel), (400 - (224 * pixel), 32 * pixel)];
        Assert.Equal(expected.Select(Rounded), places.Select(Rounded));
    }

    [Fact]
    public void The_smallest_scale_shows_the_whole_short_side()
    {
        var crop = ViewPlan.Parse("scales").Crops[0].Of(new PixelSize(100, 50), PixelSize.Square(25)).ToWarp();

        Assert.Equal((25.0, 0.0), Rounded(crop.ToSource(0, 0)));
        Assert.Equal((75.0, 50.0), Rounded(crop.ToSource(25, 25)));
    }

    [Fact]
    public void Mirrors_are_those_of_masks() => Assert.Equal([default, new DihedralView(false, false, true)], ViewPlan.Parse("mirror").Symmetries);

    private static (double, double) Rounded((double X, double Y) place) => (Math.Round(place.X, 6) + 0.0, Math.Round(place.Y, 6) + 0.0);
}
