using Altar.Datasets.Duplicates;
using Altar.Search;
using Altar.Tensors;

namespace Altar.Tests.Search;

public sealed class DuplicatePhotosTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-duplicates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Photos_that_look_the_same_are_one_group_whatever_their_embeddings()
    {
        var group = Assert.Single(Find(Photo("a", 0, hash: 0), Photo("b", 90, hash: 0b111), Photo("c", 180, hash: ulong.MaxValue)));

        Assert.Equal(["a", "b"], group.Images);
        Assert.Equal((1.0, (int?)3), (group.Score, group.Bits));
    }

    [Fact]
    public void Photos_of_nearly_the_same_embedding_are_one_group_whatever_they_look_like()
    {
        var group = Assert.Single(Find(Photo("a", 0, hash: 0), Photo("mirrored", 5, hash: ulong.MaxValue), Photo("c", 180, hash: 0xFFFFFFFF)));   // cos 5 degrees = 0.996

        Assert.Equal(["a", "mirrored"], group.Images);
        Assert.Equal(Math.Cos(5 * Math.PI / 180), group.Score, 1e-6);
        Assert.Equal(64, group.Bits);
    }

    [Fact]
    public void Photos_similar_in_both_are_one_group_and_in_one_alone_are_not()
    {
        // cos 25 degrees = 0.906: between the two thresholds; 12 bits: above what the look alone allows
        var groups = Find(Photo("a", 0, hash: 0), Photo("both", 25, hash: 0xFFF), Photo("embedding alone", -25, hash: 0xFFFFFFFF00000000), Photo("hash alone", 180, hash: 0xFFF000));

        Assert.Equal([["a", "both"]], groups.Select(group => group.Images));
    }

    [Fact]
    public void What_is_joined_through_a_third_photo_is_one_group_and_the_largest_comes_first()
    {
        var groups = Find(Photo("x", 180, 0xFF00FF00FF00FF00), Photo("y", 184, 0xFF00FF00), Photo("a", 0, 0), Photo("b", 20, ulong.MaxValue), Photo("c", 40, 0xFFFFFFFF));   // cos 20 = 0.940, cos 40 = 0.766

        Assert.Equal([["a", "b", "c"], ["x", "y"]], groups.Select(group => group.Images));
    }

    [Fact]
    public void An_empty_index_has_no_duplicates_to_look_for()
    {
        using var index = FolderIndex.Create(Path.Combine(_folder, "index"), ThreePhotos.Card with { Dimensions = 2 });

        Assert.Contains("the index is empty", Assert.Throws<BadInputException>(() => DuplicatePhotos.Find(index)).Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<DuplicateGroup> Find(params IndexedPhoto[] photos)
    {
        using var index = FolderIndex.Create(Path.Combine(_folder, "index"), ThreePhotos.Card with { Dimensions = 2 });
        index.Add(photos);
        return DuplicatePhotos.Find(index);
    }

    private static IndexedPhoto Photo(string image, double degrees, ulong hash) =>
        new(image, [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)], new Dictionary<string, string>())
        {
            Look = new Look(hash, new byte[8 * 8 * 3]),
        };
}
