using Altar.Datasets;
using Altar.Search;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Search;

public sealed class IndexBuilderTests : IDisposable
{
    private readonly ColourIndex _colours = new();

    public void Dispose() => _colours.Dispose();

    [Fact]
    public void Photos_of_a_folder_are_found_by_their_colour_and_know_their_folder()
    {
        _colours.WriteFour();
        using var index = _colours.Build();

        var hits = index.Search(_colours.Embedder.Embed(PhotoSearch.ReadQuery(Path.Combine(_colours.Photos, "warm/red.png"))), 2);

        Assert.Equal(["red.png", "brown.png"], hits.Select(hit => Path.GetFileName(hit.Image)));
        Assert.Equal([1, 0.8], hits.Select(hit => hit.Score), (one, other) => Math.Abs(one - other) < 2e-3);   // brown is 160, 120, 0
        Assert.Equal("warm", hits[1].Columns[PhotoList.FolderColumn]);
        Assert.Equal(IndexKind.Exact, index.Card.Kind);
    }

    [Fact]
    public void Photos_of_a_manifest_bring_its_columns_and_empty_fields_none()
    {
        _colours.WriteFour();
        var manifest = Path.Combine(_colours.Pictures.Folder, "photos.csv");
        File.WriteAllText(manifest, "image,category,seller\nphotos/warm/red.png,paint,7\nphotos/cold/blue.png,,8\n");
        using var index = _colours.Build(images: manifest);

        var photos = index.Photos().ToDictionary(photo => Path.GetFileName(photo.Image), photo => photo.Columns);

        Assert.Equal(["category", "seller"], photos["red.png"].Keys.Order());
        Assert.Equal(["seller"], photos["blue.png"].Keys);
    }

    [Fact]
    public void Photos_of_shards_are_named_by_shard_and_key()
    {
        using var shards = new Datasets.Shards.ShardFolder(2, 1);
        using var index = _colours.Build(images: shards.Path);

        var photos = index.Photos().ToList();

        Assert.Equal(["0.tar/0000", "0.tar/0001", "1.tar/0002"], photos.Select(photo => photo.Image[^10..]));
        Assert.Equal(["a", "b", "c"], photos.Select(photo => photo.Columns["label"]));
    }

    [Fact]
    public void Damaged_photos_are_set_aside_and_the_others_indexed()
    {
        _colours.WriteFour();
        _colours.Pictures.WriteText("photos/warm/text.jpg");
        var setAside = new SetAside();

        using var index = IndexBuilder.Build(_colours.Folder, _colours.Embedder, PhotoList.Open(_colours.Photos), new IndexOptions(), setAside: setAside);

        Assert.Equal(4, index.Count);
        Assert.Equal("text.jpg", Path.GetFileName(Assert.Single(setAside.Items).Path));
    }

    [Fact]
    public void Without_one_readable_photo_nothing_is_written()
    {
        _colours.Pictures.WriteText("photos/text.jpg");

        var error = Assert.Throws<BadInputException>(() => _colours.Build());

        Assert.Contains("not one of 1 photos can be read; the first: ", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_colours.Folder));
    }

    [Fact]
    public void Added_photos_are_projected_like_the_first()
    {
        _colours.WriteFour();
        using (var index = _colours.Build(new IndexOptions { Dimensions = 2, Kind = IndexKind.Hnsw }))
        {
            Assert.Equal((2, 3, true), (index.Card.Dimensions, index.Card.Network.Length, index.Card.IsProjected));
        }

        var again = Path.GetDirectoryName(_colours.Pictures.Write("more/red2.png", 200, 0, 0).Path)!;
        using (var index = IndexPlace.Open(_colours.Folder, isWritable: true))
        {
            Assert.Equal(1, IndexBuilder.Add(index, IndexPlace.ProjectionOf(index), _colours.Embedder, PhotoList.Open(again)));
        }

        using var extended = IndexPlace.Open(_colours.Folder);
        var red = extended.Photos().Single(photo => photo.Image.EndsWith("red.png", StringComparison.Ordinal));
        Assert.Equal(["red.png", "red2.png"], extended.Search(red.Vector, 2).Select(hit => Path.GetFileName(hit.Image)).Order());
        Assert.NotNull(IndexPlace.ProjectionOf(extended));
    }

    [Fact]
    public void Photos_of_another_network_are_refused_and_both_are_named()
    {
        using var index = FolderIndex.Create(_colours.Folder, ThreePhotos.Card);
        _colours.WriteFour();

        var error = Assert.Throws<BadInputException>(() => IndexBuilder.Add(index, null, _colours.Embedder, PhotoList.Open(_colours.Photos)));

        Assert.Contains("made with mean (3 numbers, fingerprint 0123456789ab), not with mean (3 numbers, fingerprint ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_come_in_their_order_whatever_the_batch_and_leave_no_tensor_behind()
    {
        for (var i = 1; i < 12; i++) _colours.Write($"{i:00}.png", (byte)(20 * i), 100, 0);
        List<EmbeddedPhoto> Embed(int batch) => [.. _colours.Embedder.Embed(PhotoList.Open(_colours.Photos), new() { Batch = batch, Threads = 3 })];
        var all = Embed(32);
        var before = Networks.LiveTensors.Count();

        var some = Embed(3);

        Assert.Equal(all.Select(photo => photo.Image), some.Select(photo => photo.Image));
        Assert.Equal(all.SelectMany(photo => photo.Feature), some.SelectMany(photo => photo.Feature));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("image,category\n", "no photos")]
    [InlineData("picture,category\na.png,x\n", "no column 'image'. There are picture, category; write --image-column")]
    [InlineData("image,category\n,x\n", "line 2: no picture")]
    [InlineData("image,category\na.png\n", "line 2: 1 fields where the header has 2")]
    public void A_manifest_that_cannot_be_used_says_why(string text, string message)
    {
        var manifest = Path.Combine(_colours.Pictures.Folder, "photos.csv");
        File.WriteAllText(manifest, text);

        Assert.Contains(message, Assert.Throws<BadInputException>(() => PhotoList.Open(manifest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_photo_cannot_be_searched_with()
    {
        var text = _colours.Pictures.WriteText("text.jpg").Path;

        Assert.StartsWith($"{text}: no photo to search with: ", Assert.Throws<BadInputException>(() => PhotoSearch.ReadQuery(text)).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<BadInputException>(() => PhotoSearch.ReadQuery("absent.jpg")).Message, StringComparison.Ordinal);
    }
}
