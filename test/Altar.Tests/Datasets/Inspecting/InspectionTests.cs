using System.Text.Json;
using Altar.Datasets;
using Altar.Datasets.Inspecting;

namespace Altar.Tests.Datasets.Inspecting;

public class InspectionTests
{
    [Fact]
    public void Everything_worth_knowing_of_a_set_is_found()
    {
        using var folder = new TemporaryFolder();
        folder.WriteBlobs("set/cat/1.jpg", 1, width: 40, height: 80);
        folder.WriteBlobs("set/cat/2.png", 2, width: 120, height: 60);
        folder.WriteBlobs("set/cat/3.jpg", 3, width: 60, height: 60);
        folder.Write("set/cat/4.jpg", "no picture");
        Directory.CreateDirectory(folder.Of("set/dog"));
        File.Copy(folder.Of("set/cat/1.jpg"), folder.Of("set/dog/5.jpg"));
        folder.WriteBlobs("set/dog/6.jpg", 3, width: 60, height: 60, quality: 60);
        TestPictures.CutOff(folder.WriteBlobs("set/dog/7.jpg", 7, width: 100, height: 90));
        folder.WriteBlobs("val/dog/8.jpg", 2, width: 80, height: 40);

        var found = Inspection.Of(folder.Of("set"), new DataOptions { Val = folder.Of("val") });

        Assert.Equal([new ClassCount("cat", 4), new ClassCount("dog", 3)], found.Classes);
        //   widths 40 40 60 60 100 120, heights 60 60 60 80 80 90
        Assert.Equal((new Spread(40, 60, 120), new Spread(60, 70, 90)), (found.Sizes!.Width, found.Sizes.Height));
        Assert.Equal((0.5, 2.0), (found.Sizes.Aspect.Min, found.Sizes.Aspect.Max));
        Assert.Equal((5, 1), (found.Formats["Jpeg"], found.Formats["Png"]));
        Assert.Equal(["4.jpg", "7.jpg"], found.Damaged.Select(picture => Path.GetFileName(picture.Path)));
        Assert.Equal(["1.jpg 5.jpg"], found.SameFiles.Select(NamesOf));
        Assert.Equal(["3.jpg 6.jpg"], found.NearDuplicates.Select(NamesOf));
        Assert.Equal(["cat dog", "cat dog"], found.Conflicts.Select(group => string.Join(' ', group.Select(picture => picture.Label))));
        Assert.Equal("8.jpg", Path.GetFileName(Assert.Single(found.Leaks).Examples[0].Val));
    }

    [Fact]
    public void Warnings_name_one_class_imbalance_tiny_and_damaged_pictures()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 10; i++) folder.WriteBlobs($"two/a/{i}.png", (ulong)i, width: 16, height: 12);
        folder.Write("two/b/1.png", "no picture");

        var two = Inspection.Of(folder.Of("two"), new DataOptions()).Warnings;
        Directory.Delete(folder.Of("two/b"), recursive: true);
        var one = Inspection.Of(folder.Of("two"), new DataOptions()).Warnings;

        Assert.Equal(
            ["Classes are out of balance: 10 pictures of 'a', 1 of 'b'.", "1 of 11 pictures cannot be read, more than 5 %: training would stop.", "10 pictures are less than 32 pixels wide or high."],
            two);
        Assert.StartsWith("There is one class only, 'a'", one[0], StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_as_json()
    {
        using var folder = new TemporaryFolder();
        folder.WriteBlobs("a/1.jpg", 1);

        using var json = JsonDocument.Parse(Inspection.Of(folder.Path, new DataOptions()).ToJson());

        Assert.Equal(160, json.RootElement.GetProperty("sizes").GetProperty("width").GetProperty("median").GetDouble());
        Assert.Equal("a", json.RootElement.GetProperty("classes")[0].GetProperty("name").GetString());
    }

    private static string NamesOf(IReadOnlyList<string> group) => string.Join(' ', group.Select(Path.GetFileName).Order());
}
