using Altar.Images;
using Altar.Search;
using Altar.Tensors;

namespace Altar.Tests.Search;

public class QueryBoxTests
{
    [Fact]
    public void A_box_is_cut_from_its_place()
    {
        var picture = new Raster(new PixelSize(4, 3));
        picture.Row(1)[2 * 3] = 7;   // red at x 2, y 1

        var part = QueryBox.Parse("2, 1, 2, 2").Cut(picture, "photo");

        Assert.Equal(new PixelSize(2, 2), part.Size);
        Assert.Equal(7, part.Row(0)[0]);
        Assert.Equal(0, part.Row(1)[0]);
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,0")]
    [InlineData("-1,2,3,4")]
    [InlineData("a,b,c,d")]
    [InlineData("1,2,3,4,5")]
    public void What_is_no_box_is_refused(string text)
    {
        Assert.Contains($"--box: '{text}' is no box", Assert.Throws<BadInputException>(() => QueryBox.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_that_leaves_the_photo_is_refused_with_its_size()
    {
        var error = Assert.Throws<BadInputException>(() => new QueryBox(2, 0, int.MaxValue, 1).Cut(new Raster(new PixelSize(4, 3)), "photo.jpg"));

        Assert.Equal("--box: 2,0,2147483647,1 leaves photo.jpg, which is 4 pixels wide and 3 high.", error.Message);
    }
}
