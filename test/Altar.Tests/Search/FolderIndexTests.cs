using Altar.Search;
using Altar.Tensors;

namespace Altar.Tests.Search;

/// <summary>The contract for an index in a folder that compares one by one.</summary>
public class FolderIndexTests : VectorIndexContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-index-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string Place => Path.Combine(_folder, "index");

    private protected override IVectorIndex Create(IndexCard card) => FolderIndex.Create(Place, card);

    private protected override IVectorIndex Open() => FolderIndex.Open(Place, isWritable: true);

    [Fact]
    public void It_can_be_searched_while_its_vectors_stay_on_the_disk()
    {
        Saved().Dispose();

        using var index = FolderIndex.Open(Place);

        Assert.Equal(["c.jpg", "b.jpg"], index.Search([0, 0.1f, 1], 2).Select(hit => hit.Image));
        Assert.Throws<InvalidOperationException>(() => index.Remove(["a.jpg"]));
    }

    [Fact]
    public void An_index_that_all_photos_left_is_empty_and_can_be_filled_again()
    {
        using (var index = Saved())
        {
            index.Remove(["a.jpg", "b.jpg", "c.jpg"]);
            index.Save();
        }

        using (var index = Open())
        {
            Assert.Empty(index.Search([1, 0, 0], 3));
            index.Add(ThreePhotos.All);
            index.Save();
        }

        using var again = FolderIndex.Open(Place);
        Assert.Equal("a.jpg", again.Search([1, 0, 0], 1)[0].Image);
    }

    [Fact]
    public void Two_writers_at_once_are_refused()
    {
        using var first = Saved();

        Assert.Contains("another process is writing", Assert.Throws<BadInputException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("looks.bin")]
    [InlineData("photos.jsonl")]
    [InlineData("card.json")]
    public void A_cut_file_is_named(string name)
    {
        Saved().Dispose();
        using (var file = File.OpenWrite(Path.Combine(Place, name))) file.SetLength(file.Length / 2);

        Assert.Contains(name, Assert.Throws<BadInputException>(() => FolderIndex.Open(Place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_vectors_are_refused_before_native_code_maps_them()
    {
        Saved().Dispose();
        var vectors = Directory.GetFiles(Place).Single(path => path.EndsWith("vectors.bin", StringComparison.Ordinal) || path.EndsWith(".usearch", StringComparison.Ordinal));
        using (var file = File.OpenWrite(vectors)) file.SetLength(file.Length - 1);

        Assert.Contains("the index is damaged", Assert.Throws<BadInputException>(() => FolderIndex.Open(Place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_an_index_says_how_to_make_one()
    {
        Assert.Contains("altar search build", Assert.Throws<BadInputException>(() => FolderIndex.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_other_files_is_not_taken_for_a_place()
    {
        Directory.CreateDirectory(Place);
        File.WriteAllText(Path.Combine(Place, "notes.txt"), "mine");

        Assert.Contains("not empty", Assert.Throws<BadInputException>(() => Create(Card)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Place, "notes.txt")));
    }

    [Fact]
    public void Searches_from_many_threads_agree()
    {
        Saved().Dispose();
        using var index = FolderIndex.Open(Place);

        var found = Enumerable.Range(0, 40).AsParallel().WithDegreeOfParallelism(4).Select(_ => index.Search([1, 0, 0], 1)[0].Image).Distinct();

        Assert.Equal(["a.jpg"], found);
    }
}

/// <summary>The contract for a graph.</summary>
public sealed class GraphIndexTests : FolderIndexTests
{
    private protected override IndexCard Card => ThreePhotos.Card with { Kind = IndexKind.Hnsw };
}

/// <summary>The contract for 16-bit numbers in a graph.</summary>
public sealed class HalfIndexTests : FolderIndexTests
{
    private protected override IndexCard Card => ThreePhotos.Card with { Kind = IndexKind.Hnsw, Scalar = VectorScalar.F16 };

    private protected override double Tolerance => 1e-3;
}

/// <summary>The contract for 8-bit numbers, one by one.</summary>
public sealed class ByteIndexTests : FolderIndexTests
{
    private protected override IndexCard Card => ThreePhotos.Card with { Scalar = VectorScalar.I8 };

    private protected override double Tolerance => 1e-2;
}
