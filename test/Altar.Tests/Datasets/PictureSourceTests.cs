using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class PictureSourceTests
{
    [Fact]
    public void A_folder_and_a_manifest_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("cat/1.jpg");
        var manifest = folder.Write("list.csv", "image,kind\ncat/1.jpg,tiger\n");

        Assert.Equal(["cat"], PictureSource.Open(folder.Path, new DataOptions()).Classes);
        Assert.Equal(["tiger"], PictureSource.Open(manifest, new DataOptions { Label = "kind" }).Classes);
    }

    [Theory]
    [InlineData("", "data.train is empty")]
    [InlineData("nowhere", "nowhere: no such folder")]
    public void What_is_not_there_is_named(string path, string expected) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => PictureSource.Open(path, new DataOptions())).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("list.txt", "1.jpg cat");

        Assert.Contains("ends in .csv or .jsonl", Assert.Throws<BadInputException>(() => PictureSource.Open(path, new DataOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_photos_of_a_sender_stay_on_one_side()
    {
        if (Environment.GetEnvironmentVariable("ALTAR_DATA") is not { } data) { Assert.Skip("ALTAR_DATA is not set"); return; }
        var options = new DataOptions { Train = Path.Combine(data, "clothing", "train.csv"), Label = "category", Group = "sender" };

        var split = DataSplit.Of(options, new Seed(1));

        Assert.Empty(split.Val.Samples.Select(sample => sample.Group).Intersect(split.Train.Samples.Select(sample => sample.Group)));
        foreach (var label in Enumerable.Range(0, 10))
        {
            var share = (double)split.Val.Samples.Count(sample => sample.Label == label) / (split.Val.Samples.Concat(split.Train.Samples).Count(sample => sample.Label == label));
            Assert.InRange(share, 0.1, 0.3);
        }
    }
}
