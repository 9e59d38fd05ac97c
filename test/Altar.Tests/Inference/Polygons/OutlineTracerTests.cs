using Altar.Inference.Polygons;
using Altar.Tensors;

namespace Altar.Tests.Inference.Polygons;

public class OutlineTracerTests
{
    [Fact]
    public void A_block_has_four_corners_clockwise_on_the_screen()
    {
        var polygon = Assert.Single(Drawing.Trace(
            "....",
            ".##.",
            ".##.",
            "...."));

        Assert.Equal("1,1 3,1 3,3 1,3", Drawing.Text(polygon.Outline));
        Assert.Empty(polygon.Holes);
        Assert.Equal(4, polygon.Pixels);
    }

    [Fact]
    public void A_hole_runs_the_other_way_and_what_lies_in_it_is_its_own()
    {
        var polygons = Drawing.Trace(
            "#####",
            "#...#",
            "#.#.#",
            "#...#",
            "#####");

        Assert.Equal([1.0, 16.0], polygons.Select(polygon => polygon.Pixels).Order());
        var ring = polygons.Single(polygon => polygon.Pixels > 1);
        Assert.Equal("0,0 5,0 5,5 0,5", Drawing.Text(ring.Outline));
        Assert.Equal("1,1 1,4 4,4 4,1", Drawing.Text(Assert.Single(ring.Holes)));
    }

    [Fact]
    public void Pixels_that_touch_at_a_corner_only_are_two()
    {
        Assert.Equal(["0,0 1,0 1,1 0,1", "1,1 2,1 2,2 1,2"], Drawing.Trace("#.", ".#").Select(polygon => Drawing.Text(polygon.Outline)).Order());
        Assert.Equal(["0,1 1,1 1,2 0,2", "1,0 2,0 2,1 1,1"], Drawing.Trace(".#", "#.").Select(polygon => Drawing.Text(polygon.Outline)).Order());
    }

    [Fact]
    public void A_bay_that_closes_at_a_corner_is_a_hole()
    {
        var polygon = Assert.Single(Drawing.Trace(
            "###.",
            "#.##",
            "##.#",
            ".###"));

        Assert.Equal(2, polygon.Holes.Count);
        Assert.Equal(12 - 1 - 1 + 2, polygon.Pixels);   // 16 less 2 corners less 2 holes
        Assert.Equal("0,0 3,0 3,1 4,1 4,4 1,4 1,3 0,3", Drawing.Text(polygon.Outline));
    }

    [Fact]
    public void Arms_that_meet_below_are_one()
    {
        var polygon = Assert.Single(Drawing.Trace(
            "#.#.#",
            "#.#.#",
            "#####"));

        Assert.Equal(11, polygon.Pixels);
        Assert.Equal(12, polygon.Outline.Count);
    }

    [Fact]
    public void An_outline_is_handed_on_as_soon_as_it_is_closed()
    {
        List<PixelPolygon> found = [];
        var tracer = new OutlineTracer(3, found.Add);
        tracer.Add([true, false, true]);
        Assert.Empty(found);
        tracer.Add([false, false, true]);
        Assert.Single(found);
        tracer.Finish();
        Assert.Equal(2, found.Count);
    }

    // Against a flood fill: as many components, as many pixels; and every outline has one clockwise ring, no corner twice.
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void Random_masks_have_the_outlines_of_their_components(double share)
    {
        var random = new Seed(7).ToRandom();
        for (var round = 0; round < 40; round++)
        {
            var (width, height) = (1 + random.Next(24), 1 + random.Next(24));
            string[] rows = [.. Enumerable.Range(0, height).Select(_ => string.Concat(Enumerable.Range(0, width).Select(_ => random.NextDouble() < share ? '#' : '.')))];

            var polygons = Drawing.Trace(rows);

            Assert.Equal(Components(rows).Order(), polygons.Select(polygon => (int)polygon.Pixels).Order());
            foreach (var polygon in polygons)
            {
                Assert.True(PixelPolygon.AreaOf(polygon.Outline) > 0);
                Assert.All(polygon.Holes, hole => Assert.True(PixelPolygon.AreaOf(hole) < 0));
                Assert.All(polygon.Holes.Prepend(polygon.Outline), ring => Assert.Equal(ring.Count, ring.Distinct().Count()));
            }
        }
    }

    private static List<int> Components(string[] rows)
    {
        var left = new HashSet<(int X, int Y)>(from y in Enumerable.Range(0, rows.Length) from x in Enumerable.Range(0, rows[0].Length) where rows[y][x] == '#' select (x, y));
        List<int> sizes = [];
        while (left.Count > 0)
        {
            var waiting = new Stack<(int X, int Y)>([left.First()]);
            left.Remove(waiting.Peek());
            var size = 0;
            while (waiting.TryPop(out var at))
            {
                size++;
                foreach (var next in ((int, int)[])[(at.X + 1, at.Y), (at.X - 1, at.Y), (at.X, at.Y + 1), (at.X, at.Y - 1)])
                {
                    if (left.Remove(next)) waiting.Push(next);
                }
            }

            sizes.Add(size);
        }

        return sizes;
    }
}
