using Altar.Datasets.Boxes;
using Altar.Datasets.Masks;
using Altar.Images;

namespace Altar.Tests.Datasets.Boxes;

public class ObjectPainterTests
{
    private static readonly ObjectPainter Painter = new(item => item.IsIgnored ? Mask.Ignored : byte.Parse(item.Name, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Rows as text: '.' for 0, '-' for ignored, else the class.</summary>
    private static string Show(Mask mask) => string.Join('|', Enumerable.Range(0, mask.Size.Height)
        .Select(y => string.Concat(mask.Row(y).ToArray().Select(value => value switch { 0 => '.', Mask.Ignored => '-', _ => (char)('0' + value) }))));

    private static string Paint(int width, int height, params MarkedObject[] objects) => Show(Painter.Paint(objects, new PixelBox(0, 0, width, height)));

    [Fact]
    public void A_box_covers_the_pixels_whose_centres_it_has() =>
        Assert.Equal("......|.11...|.11...|......", Paint(6, 4, new MarkedBox("1", 0.6, 1, 3.4, 3)));

    [Fact]
    public void Later_things_paint_over_earlier_ones_and_crowds_are_ignored() =>
        Assert.Equal("112|1-2|.-.", Paint(3, 3, new MarkedBox("1", 0, 0, 3, 2), new MarkedBox("2", 2, 0, 3, 2), new MarkedBox("3", 1, 1, 2, 3) { IsIgnored = true }));

    [Fact]
    public void A_box_as_an_ellipse_leaves_its_corners() =>
        Assert.Equal(".11.|1111|1111|.11.", Show((Painter with { Boxes = BoxShape.Ellipse }).Paint([new MarkedBox("1", 0, 0, 4, 4)], new PixelBox(0, 0, 4, 4))));

    [Fact]
    public void A_point_is_a_square_of_twice_its_half_side_cut_at_the_pictures_sides() =>
        Assert.Equal("11...|11...|...22|...22", Show((Painter with { Point = 1 }).Paint([new MarkedPoint("1", 1.9, 1.2), new MarkedPoint("2", 4, 3)], new PixelBox(0, 0, 5, 4))));

    [Fact]
    public void A_polygon_is_filled_where_an_odd_number_of_its_lines_lies_to_the_left() =>
        Assert.Equal("1111|1..1|1..1|1111", Paint(4, 4, new MarkedPolygon("1", [[(0, 0), (4, 0), (4, 4), (0, 4), (0, 0), (1, 1), (1, 3), (3, 3), (3, 1), (1, 1)]])));

    [Fact]
    public void Several_rings_are_joined() =>
        Assert.Equal("11.1|11.1", Paint(4, 2, new MarkedPolygon("1", [[(0, 0), (2, 0), (2, 2), (0, 2)], [(3, 0), (4, 0), (4, 2), (3, 2)]])));

    [Fact]
    public void A_triangle_is_cut_along_its_slope() =>
        Assert.Equal("1....|11...|111..", Paint(5, 3, new MarkedPolygon("1", [[(0, 0), (4, 3), (0, 3)]])));

    // 3 columns of 4 rows: 2 outside, 3 inside, 3 outside, 4 inside.
    [Fact]
    public void Run_lengths_go_down_the_columns() =>
        Assert.Equal(".11|..1|1.1|1.1", Paint(3, 4, new MarkedRuns("1", 4, [2, 3, 3, 4])));

    [Fact]
    public void A_part_is_the_same_as_the_part_of_the_whole()
    {
        MarkedObject[] objects =
        [
            new MarkedBox("1", 2, 3, 30, 20), new MarkedPolygon("2", [[(5, 5), (44, 12), (20, 38), (9.5, 30)]]),
            new MarkedRuns("3", 40, [400, 30, 10, 35, 900, 17]), new MarkedPoint("4", 40, 30),
        ];
        var whole = Painter.Paint(objects, new PixelBox(0, 0, 50, 40));
        foreach (var part in (PixelBox[])[new(0, 0, 7, 40), new(10, 12, 25, 9), new(33, 22, 17, 18)])
            Assert.Equal(Show(whole.Part(part)), Show(Painter.Paint(objects, part)));
    }
}
