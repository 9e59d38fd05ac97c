using Altar.Inference.Polygons;

namespace Altar.Tests.Inference.Polygons;

public class RingSimplifierTests
{
    [Fact]
    public void The_steps_of_a_slanting_edge_become_a_line()
    {
        var stairs = Assert.Single(Drawing.Trace(
            "#.......",
            "##......",
            "###.....",
            "####....",
            "#####...",
            "######..",
            "#######.",
            "########"));

        var simple = RingSimplifier.Simplify(stairs, new PolygonOptions { TolerancePixels = 1 })!;

        Assert.True(simple.Outline.Count <= 5, Drawing.Text(simple.Outline));
        Assert.InRange(simple.Pixels, 30, 40);   // 36 before
        Assert.Equal(stairs.Outline, RingSimplifier.Simplify(stairs, new PolygonOptions { TolerancePixels = 0 })!.Outline);
    }

    [Fact]
    public void Small_shapes_are_left_out_and_small_holes_are_filled()
    {
        var ring = Assert.Single(Drawing.Trace("###", "#.#", "###"));

        Assert.Null(RingSimplifier.Simplify(ring, new PolygonOptions { MinimalPixels = 9 }));
        Assert.Empty(RingSimplifier.Simplify(ring, new PolygonOptions { MinimalPixels = 2 })!.Holes);
        Assert.Single(RingSimplifier.Simplify(ring, new PolygonOptions { MinimalPixels = 1 })!.Holes);
    }

    [Fact]
    public void A_thin_shape_is_kept_as_it_is_rather_than_lost()
    {
        LatticePoint[] zigzag = [new(0, 0), new(5, 0), new(5, 1), new(10, 1), new(10, 2), new(4, 2), new(4, 1), new(0, 1)];

        Assert.Equal(zigzag, RingSimplifier.Ring(zigzag, tolerance: 50));
    }
}
