using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class BoundaryCountsTests
{
    [Fact]
    public void The_outline_of_a_square_is_its_rim()
    {
        var square = Picture(
            ".....",
            ".###.",
            ".###.",
            ".###.",
            ".....");

        Assert.Equal(new BoundaryCounts(8, 8, 8, 8), BoundaryCounts.Of(square, square, 5, 0));
    }

    [Fact]
    public void The_edge_of_the_picture_makes_no_outline()
    {
        var half = Picture(
            "##..",
            "##..");

        Assert.Equal(new BoundaryCounts(2, 2, 2, 2), BoundaryCounts.Of(half, half, 4, 0));             // the column beside the other half
        Assert.True(double.IsNaN(BoundaryCounts.Of(Picture("##"), Picture("##"), 2, 0).F1));           // all inside: no outline at all
    }

    [Fact]
    public void An_outline_within_the_tolerance_is_matched()
    {
        var (said, truth) = (Picture(".#......"), Picture("....#..."));

        Assert.Equal(new BoundaryCounts(0, 1, 0, 1), BoundaryCounts.Of(said, truth, 8, 2));
        Assert.Equal(new BoundaryCounts(1, 1, 1, 1), BoundaryCounts.Of(said, truth, 8, 3));
    }

    [Fact]
    public void The_tolerance_is_euclidean()
    {
        var (said, truth) = (Picture("#...", "....", "....", "...."), Picture("....", "....", "..#.", "...."));   // 2 and 2: 2.83

        Assert.Equal(0, BoundaryCounts.Of(said, truth, 4, 2).SaidMatched);
        Assert.Equal(1, BoundaryCounts.Of(said, truth, 4, 3).SaidMatched);
    }

    [Fact]
    public void An_outline_that_is_alone_scores_zero()
    {
        Assert.Equal(0, BoundaryCounts.Of(Picture(".#."), Picture("..."), 3, 1).F1);
        Assert.Equal(0, BoundaryCounts.Of(Picture("..."), Picture(".#."), 3, 1).F1);
        Assert.Equal(0, BoundaryCounts.Of(Picture(".#......"), Picture("....#..."), 8, 2).F1);
    }

    [Fact]
    public void Counts_are_summed_before_the_shares_are_taken()
    {
        var sum = new BoundaryCounts(1, 2, 3, 4) + new BoundaryCounts(3, 4, 5, 6);

        Assert.Equal(new BoundaryCounts(4, 6, 8, 10), sum);
        Assert.Equal(2 * (2 / 3.0) * 0.8 / ((2 / 3.0) + 0.8), sum.F1, 1e-12);
    }

    [Fact]
    public void Ignored_pixels_belong_to_no_outline_and_make_none()
    {
        byte[] truth = [1, 1, 255, 0, 0];

        Assert.Equal(new BoundaryCounts(0, 0, 0, 0), BoundaryCounts.Of([1, 1, 1, 0, 0], truth, 5, 1, ignored: 255));
        Assert.Equal(new BoundaryCounts(0, 1, 0, 0), BoundaryCounts.Of([1, 1, 0, 0, 1], truth, 5, 1, ignored: 255));
    }

    [Fact]
    public void It_equals_the_search_over_all_pairs()
    {
        const int Width = 13, Tolerance = 2;
        var random = new Seed(9).ToRandom();
        byte[] said = [.. Enumerable.Range(0, 11 * Width).Select(_ => (byte)random.Next(2))];
        byte[] truth = [.. Enumerable.Range(0, 11 * Width).Select(_ => (byte)(random.Next(5) == 0 ? 1 : 0))];
        var (ofSaid, ofTruth) = (Rim(said, Width), Rim(truth, Width));

        long Near(List<(int X, int Y)> some, List<(int X, int Y)> others) => some.LongCount(one =>
            others.Exists(other => Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2) <= Tolerance * Tolerance));
        Assert.Equal(
            new BoundaryCounts(Near(ofSaid, ofTruth), ofSaid.Count, Near(ofTruth, ofSaid), ofTruth.Count),
            BoundaryCounts.Of(said, truth, Width, Tolerance));
    }

    [Fact]
    public void Rows_must_be_whole() =>
        Assert.Throws<ArgumentException>(() => BoundaryCounts.Of(new byte[5], new byte[5], 2, 1));

    private static List<(int X, int Y)> Rim(byte[] mask, int width)
    {
        var height = mask.Length / width;
        bool IsOutside(int x, int y) => x >= 0 && y >= 0 && x < width && y < height && mask[(y * width) + x] == 0;
        return
        [
            .. from y in Enumerable.Range(0, height)
               from x in Enumerable.Range(0, width)
               where mask[(y * width) + x] == 1 && (IsOutside(x - 1, y) || IsOutside(x + 1, y) || IsOutside(x, y - 1) || IsOutside(x, y + 1))
               select (x, y),
        ];
    }

    private static byte[] Picture(params string[] rows) => [.. string.Concat(rows).Select(sign => sign == '#' ? (byte)1 : (byte)0)];
}
