using Altar.Datasets;
using Altar.Datasets.Duplicates;

namespace Altar.Tests.Datasets.Duplicates;

public class DuplicateFinderTests
{
    [Fact]
    public void Copies_are_grouped_once_by_content_and_once_by_look()
    {
        using var folder = new TemporaryFolder();
        folder.WriteBlobs("a.jpg", 1);
        folder.WriteBlobs("b.jpg", 2);
        File.Copy(folder.Of("a.jpg"), folder.Of("c.jpg"));
        folder.WriteBlobs("d.jpg", 1, quality: 50);
        folder.WriteBlobs("e.jpg", 1, width: 80, height: 60);

        var prints = Fingerprint.OfAll([.. "abcde".Select(name => folder.Of($"{name}.jpg"))], threads: 2, new SetAside(), CancellationToken.None);

        Assert.Equal(["a c"], DuplicateFinder.Exact(prints).Select(NamesOf));
        Assert.Equal(["a d e"], DuplicateFinder.Near(prints).Select(NamesOf));
    }

    [Fact]
    public void A_picture_that_cannot_be_decoded_is_listed_and_resembles_nothing()
    {
        using var folder = new TemporaryFolder();
        var paths = new[] { folder.Write("a.jpg", "text"), folder.Write("b.jpg", "texts"), folder.Of("gone.jpg"), folder.Of("lost.jpg") };
        var damaged = new SetAside();

        var prints = Fingerprint.OfAll(paths, threads: 1, damaged, CancellationToken.None);

        Assert.Equal(4, damaged.Count);
        Assert.Empty(DuplicateFinder.Exact(prints));
        Assert.Empty(DuplicateFinder.Near(prints));
    }

    private static string NamesOf(IReadOnlyList<string> group) => string.Join(' ', group.Select(Path.GetFileNameWithoutExtension).Order());
}
