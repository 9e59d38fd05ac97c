using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class ManifestTests
{
    private static readonly ManifestColumns Columns = new(Label: "category", Group: "sender");

    [Fact]
    public void Csv_columns_are_found_by_name_and_paths_are_relative_to_the_manifest()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("photos/a, b.jpg", "photos/c.jpg");
        var path = folder.Write("list.csv", "sender,category,image,extra\r\n7,shoes,\"photos/a, b.jpg\",x\r\n,hat,photos/c.jpg,y\r\n");

        var set = Manifest.Open(path, Columns);

        Assert.Equal(["hat", "shoes"], set.Classes);
        Assert.Equal([new Sample(folder.Of("photos/a, b.jpg"), 1, "7"), new Sample(folder.Of("photos/c.jpg"), 0)], set.Samples);
    }

    [Fact]
    public void Jsonl_is_read_like_csv_and_numbers_are_taken_as_texts()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("a.jpg", "b.jpg");
        var path = folder.Write("list.jsonl", $$"""
            {"image": "a.jpg", "category": 5, "sender": 7}

            {"sender": null, "image": "{{folder.Of("b.jpg")}}", "category": "4"}
            """);

        var set = Manifest.Open(path, Columns);

        Assert.Equal(["4", "5"], set.Classes);
        Assert.Equal([new Sample(folder.Of("a.jpg"), 1, "7"), new Sample(folder.Of("b.jpg"), 0)], set.Samples);
    }

    [Fact]
    public void Missing_pictures_are_counted_and_named_with_their_lines()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("a.jpg");
        var path = folder.Write("list.csv", "image,label\na.jpg,x\ngone.jpg,y\nlost.jpg,y\n");

        var message = MessageOf(path);

        Assert.StartsWith("2 of 3 pictures are missing: ", message, StringComparison.Ordinal);
        Assert.Contains($"{path}: line 3 (gone.jpg) is not at {folder.Of("gone.jpg")}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_column_is_answered_with_the_nearest_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("list.csv", "image,Labels,sender\na.jpg,x,1\n");

        Assert.Contains("line 1: no column 'label'. There are image, Labels, sender; set data.label=Labels", MessageOf(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_line_without_the_column_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("a.jpg");
        var path = folder.Write("list.jsonl", "{\"image\": \"a.jpg\", \"label\": \"x\"}\n{\"image\": \"a.jpg\", \"lable\": \"x\"}\n");

        Assert.Contains("line 2: no column 'label'. There are image, lable; set data.label=lable", MessageOf(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.csv", "image,label\na.jpg,\n", "line 2: the label of a.jpg is empty")]
    [InlineData("list.csv", "image,label\n,x\n", "line 2: the picture's path is empty")]
    [InlineData("list.csv", "image,label\na.jpg,x,y\n", "line 2: 3 fields where the header has 2")]
    [InlineData("list.csv", "image,label\n", "no photos")]
    [InlineData("list.csv", "", "no photos")]
    [InlineData("list.jsonl", "{\"image\": \"a.jpg\"", "line 1: no valid JSON")]
    [InlineData("list.jsonl", "[1]", "line 1: no JSON object")]
    public void A_row_that_cannot_be_used_is_named(string name, string text, string expected)
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(expected, MessageOf(folder.Write(name, text)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.csv: no such manifest", MessageOf("nowhere.csv"), StringComparison.Ordinal);

    private static string MessageOf(string path) => Assert.Throws<BadInputException>(() => Manifest.Open(path, new ManifestColumns())).Message;
}
