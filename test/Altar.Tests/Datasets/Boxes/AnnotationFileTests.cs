using Altar.Datasets.Boxes;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Boxes;

public sealed class AnnotationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Voc_counts_pixels_from_1_with_both_corners_inside()
    {
        var path = _folder.Write("a.xml", "<annotation><size><width>640</width><height>480</height></size><object><name>RBC</name><bndbox><xmin>1</xmin><ymin>333</ymin><xmax>87</xmax><ymax>437</ymax></bndbox></object></annotation>");

        var marked = VocFile.Read(path);

        Assert.Equal(new PixelSize(640, 480), marked.Size);
        Assert.Equal(new MarkedBox("RBC", 0, 332, 87, 437), Assert.Single(marked.Objects));
    }

    [Theory]
    [InlineData("<annotation><object></annotation>", "line 1: this is no XML")]
    [InlineData("<annotation><object><bndbox/></object></annotation>", "object 1 has no name")]
    [InlineData("<annotation><object><name>a</name></object></annotation>", "object 1 (a) has no number for xmin")]
    [InlineData("<annotation><object><name>a</name><bndbox><xmin>5</xmin><ymin>1</ymin><xmax>2</xmax><ymax>3</ymax></bndbox></object></annotation>", "ends before it begins")]
    public void What_is_wrong_in_a_voc_file_is_named(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => VocFile.Read(_folder.Write("a.xml", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_holds_corners_shares_or_points()
    {
        var size = new PixelSize(200, 100);

        Assert.Equal(new MarkedBox("3", 466, 441, 493, 470), Assert.Single(TextFile.Read(_folder.Write("a.txt", "466 441 493 470 3\n"), size).Objects));
        Assert.Equal(new MarkedBox("2", 90, 20, 110, 60), Assert.Single(TextFile.Read(_folder.Write("b.txt", "2 0.5 0.4 0.1 0.4"), size).Objects));
        Assert.Equal(new MarkedPoint("pup", 12.5, 7), Assert.Single(TextFile.Read(_folder.Write("c.txt", "12.5, 7, pup"), size).Objects));
        Assert.Empty(TextFile.Read(_folder.Write("d.txt", "\n"), size).Objects);
    }

    [Theory]
    [InlineData("1 2 3 4 5\n1 2 3 4\n", "line 2 has 4 columns")]
    [InlineData("1 2 x 4 5", "line 1: 'x' is no number")]
    [InlineData("9 2 3 4 5", "line 1: the box ends before it begins")]
    public void A_line_that_is_none_of_them_is_named(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => TextFile.Read(_folder.Write("a.txt", text), new PixelSize(9, 9))).Message, StringComparison.Ordinal);

    [Fact]
    public void Coco_has_polygons_run_lengths_as_numbers_and_text_boxes_and_crowds()
    {
        var path = _folder.Write("coco.json", """
            {"images": [{"id": 7, "file_name": "a.jpg", "width": 3, "height": 4}, {"id": 8, "file_name": "b.jpg"}],
             "categories": [{"id": 1, "name": "cat"}, {"id": 5, "name": "dog"}],
             "annotations": [
               {"image_id": 7, "category_id": 5, "iscrowd": 0, "segmentation": [[0, 0, 2, 0, 2, 3]], "bbox": [0, 0, 2, 3]},
               {"image_id": 7, "category_id": 1, "iscrowd": 1, "segmentation": {"counts": [2, 3, 3, 4], "size": [4, 3]}},
               {"image_id": 7, "category_id": 1, "iscrowd": 1, "segmentation": {"counts": "2331", "size": [4, 3]}},
               {"image_id": 7, "category_id": 1, "segmentation": [], "bbox": [1, 2, 3, 4]}]}
            """);

        var pictures = CocoFile.Read(path);

        Assert.Equal(["a.jpg", "b.jpg"], pictures.Keys);
        Assert.Empty(pictures["b.jpg"].Objects);
        Assert.Equal(new PixelSize(3, 4), pictures["a.jpg"].Size);
        var objects = pictures["a.jpg"].Objects;
        Assert.Equal(("dog", false), (objects[0].Name, objects[0].IsIgnored));
        Assert.Equal([(0, 0), (2, 0), (2, 3)], Assert.IsType<MarkedPolygon>(objects[0]).Rings[0]);
        Assert.True(objects[1].IsIgnored);
        Assert.Equal([2, 3, 3, 4], Assert.IsType<MarkedRuns>(objects[1]).Counts);
        Assert.Equal([2, 3, 3, 4], Assert.IsType<MarkedRuns>(objects[2]).Counts);   // the fourth is 1 more than the second
        Assert.Equal(new MarkedBox("cat", 1, 2, 4, 6), objects[3]);
    }

    // By pycocotools' rule: 5 bits a letter from '0', 32 says that more follow, 16 of the last is the sign, from the fourth on differences to two before.
    [Theory]
    [InlineData("2331", new long[] { 2, 3, 3, 4 })]
    [InlineData("d6", new long[] { 212 })]            // 'd' is 52: 20 and more, '6' is 6: 20 + 6 * 32
    [InlineData("59::", new long[] { 5, 9, 10, 19 })]
    [InlineData("59:N", new long[] { 5, 9, 10, 7 })]  // 'N' is 30: negative, -2
    public void Compressed_run_lengths_are_differences_of_five_bits_a_letter(string text, long[] expected) => Assert.Equal(expected, CocoRuns.Parse(text));

    [Theory]
    [InlineData("d")]
    [InlineData("\u007f")]
    public void Run_lengths_that_end_early_are_none(string text) => Assert.Null(CocoRuns.Parse(text));

    [Theory]
    [InlineData("{", "no valid JSON")]
    [InlineData("{}", "no list 'categories'")]
    [InlineData("""{"images": [], "categories": [], "annotations": [{"image_id": 1, "category_id": 3}]}""", "there is no category 3")]
    [InlineData("""{"images": [], "categories": [{"id": 3, "name": "a"}], "annotations": [{"image_id": 1, "category_id": 3}]}""", "neither polygons, run lengths nor a box")]
    public void What_is_wrong_in_a_coco_file_is_named(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => CocoFile.Read(_folder.Write("a.json", text))).Message, StringComparison.Ordinal);
}
