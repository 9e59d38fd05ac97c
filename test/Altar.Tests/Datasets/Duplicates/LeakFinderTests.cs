using Altar.Datasets;
using Altar.Datasets.Duplicates;

namespace Altar.Tests.Datasets.Duplicates;

public class LeakFinderTests
{
    [Fact]
    public void The_same_file_a_near_duplicate_and_a_shared_group_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var train = SetOf((folder.WriteBlobs("t1.jpg", 1), null), (folder.WriteBlobs("t2.jpg", 2), null), (folder.WriteBlobs("t3.jpg", 3), "Ann"));
        File.Copy(folder.Of("t1.jpg"), folder.Of("v1.jpg"));
        var val = SetOf((folder.Of("v1.jpg"), null), (folder.WriteBlobs("v2.jpg", 2, 80, 60, quality: 60), null), (folder.WriteBlobs("v3.jpg", 4), "Ann"), (folder.WriteBlobs("v4.jpg", 5), "Bob"));

        var leaks = LeakFinder.Find(train, val, threads: 2);

        Assert.Equal(
            [(LeakKind.SameFile, 1, "v1.jpg t1.jpg"), (LeakKind.NearDuplicate, 1, "v2.jpg t2.jpg"), (LeakKind.SameGroup, 1, "v3.jpg t3.jpg")],
            leaks.Select(leak => (leak.Kind, leak.Pictures, $"{Path.GetFileName(leak.Examples[0].Val)} {Path.GetFileName(leak.Examples[0].Train)}")));
        Assert.StartsWith("1 of 4 val pictures are also in train, so the score flatters: ", leaks[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_quick_search_finds_the_same_file_and_the_same_group_without_decoding()
    {
        using var folder = new TemporaryFolder();
        folder.Write("t1.jpg", "one");
        folder.Write("t2.jpg", "two");
        folder.Write("v1.jpg", "two");
        folder.Write("v2.jpg", "six");

        var leaks = LeakFinder.FindQuickly(SetOf((folder.Of("t1.jpg"), "Ann"), (folder.Of("t2.jpg"), null)), SetOf((folder.Of("v1.jpg"), null), (folder.Of("v2.jpg"), "Ann")));

        Assert.Equal([(LeakKind.SameFile, "v1.jpg"), (LeakKind.SameGroup, "v2.jpg")], leaks.Select(leak => (leak.Kind, Path.GetFileName(leak.Examples[0].Val))));
    }

    [Fact]
    public void Sides_that_share_nothing_have_no_leak()
    {
        using var folder = new TemporaryFolder();

        Assert.Empty(LeakFinder.Find(SetOf((folder.WriteBlobs("1.jpg", 1), "A")), SetOf((folder.WriteBlobs("2.jpg", 2), "B"))));
    }

    [Fact]
    public void Real_photos_of_other_senders_do_not_leak()
    {
        if (Environment.GetEnvironmentVariable("ALTAR_DATA") is not { } data) { Assert.Skip("ALTAR_DATA is not set"); return; }
        var options = new DataOptions { Label = "category", Group = "sender" };
        var train = PictureSource.Open(Path.Combine(data, "clothing", "train.csv"), options);
        var val = PictureSource.Open(Path.Combine(data, "clothing", "val.csv"), options, train.Classes);

        Assert.Empty(LeakFinder.Find(train, val));
    }

    private static PictureSet SetOf(params (string Path, string? Group)[] pictures) =>
        new("test", ["a"], [.. pictures.Select(picture => new Sample(picture.Path, 0, picture.Group))]);
}
