using System.Text;
using Altar.Datasets.Shards;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Shards;

public sealed class ShardSetTests : IDisposable
{
    private readonly ShardFolder _folder = new(3, 2);

    public void Dispose() => _folder.Dispose();

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private ShardSet Rewritten(int samples, params (string Name, byte[] Bytes)[] files)
    {
        _folder.WriteIndex(_folder.Index with { Shards = [_folder.Write("0.tar", samples, files)] });
        return ShardSet.Open(_folder.Path);
    }

    private string MessageOf(int samples, params (string Name, byte[] Bytes)[] files)
    {
        using var set = Rewritten(samples, files);
        return Assert.Throws<BadInputException>(() => set.Read(0).ToList()).Message;
    }

    private string OpeningMessage() => Assert.Throws<BadInputException>(() => ShardSet.Open(_folder.Path)).Message;

    [Fact]
    public void Samples_come_in_order_with_picture_and_columns()
    {
        using var set = ShardSet.Open(_folder.Path);
        var samples = set.Read(1).ToList();

        Assert.Equal(5, set.Count);
        Assert.Equal(["0003", "0004"], samples.Select(sample => sample.Key));
        Assert.Equal("1.tar/0003", samples[0].Name);
        Assert.Equal(ShardFolder.Picture(3), samples[0].Picture);
        Assert.Equal(("a", "3", null), (samples[0].Find("label"), samples[0].Find("sender"), samples[0].Find("price")));
    }

    [Fact]
    public void Any_sample_can_be_entered_without_reading_those_before()
    {
        using var set = ShardSet.Open(_folder.Path);
        using var reader = set.Reader(0, default);

        Assert.Equal("0001", reader.Read(1).Key);
        Assert.Equal("0002", reader.Read(2).Key);
    }

    [Fact]
    public void Class_and_text_files_are_columns_and_the_json_stands_above_them()
    {
        using var set = Rewritten(2,
            ("a/1.JPG", [1]), ("a/1.cls", Text(" 7\n")), ("a/1.txt", Text("red hat")), ("a/1.seg.png", [2]),
            ("a/._1.jpg", [3]), ("b/1.jpg", [4]), ("b/1.cls", Text("8")), ("b/1.json", Text("{\"cls\": 9, \"tags\": [\"x\", \"y\"], \"none\": null}")));
        var samples = set.Read(0).ToList();

        Assert.Equal([("a/1", "7", "red hat"), ("b/1", "9", null)], samples.Select(sample => (sample.Key, sample.Find("cls"), sample.Find("txt"))));
        Assert.Equal([[1], [4]], samples.Select(sample => sample.Picture));
        Assert.Equal(("x;y", ""), (samples[1].Find("tags"), samples[1].Find("none")));
    }

    [Fact]
    public void A_picture_without_a_partner_is_named() =>
        Assert.Contains("0.tar: k2 has a picture, but no json, cls or txt beside it", MessageOf(2, ("k1.jpg", [1]), ("k1.json", Text("{}")), ("k2.jpg", [1])), StringComparison.Ordinal);

    [Fact]
    public void A_json_without_a_picture_is_named() =>
        Assert.Contains("0.tar: k1 has no picture", MessageOf(1, ("k1.json", Text("{}"))), StringComparison.Ordinal);

    [Fact]
    public void Two_pictures_of_one_key_are_refused() =>
        Assert.Contains("holds two pictures of the key k", MessageOf(1, ("k.jpg", [1]), ("k.png", [1]), ("k.json", Text("{}"))), StringComparison.Ordinal);

    [Fact]
    public void A_path_that_leaves_its_folder_is_refused() =>
        Assert.Contains("0.tar: the shard holds '../k.jpg', a path that leaves its folder", MessageOf(1, ("../k.jpg", [1])), StringComparison.Ordinal);

    [Fact]
    public void A_json_that_is_none_is_named()
    {
        using var set = Rewritten(1, ("k.jpg", [1]), ("k.json", Text("[1]")));

        Assert.Contains("0.tar/k.json: no JSON object ([1])", Assert.Throws<BadInputException>(() => set.Read(0).Single().Find("label")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_samples_than_the_index_lists_are_an_error()
    {
        using var set = Rewritten(2, [.. ShardFolder.Files(1)]);
        using var reader = set.Reader(0, default);

        Assert.Contains("it ends after 1 samples", Assert.Throws<BadInputException>(() => reader.Read(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_was_cut_is_named_before_anything_is_read()
    {
        var path = _folder.Of("1.tar");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..1000]);

        Assert.Contains($"{path}: it has 1000 bytes, the index lists {_folder.Index.Shards[1].Bytes}: it is cut. Copy or write the shard again", OpeningMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_header_is_named_with_its_shard()
    {
        using var set = ShardSet.Open(_folder.Path);
        var path = _folder.Of("0.tar");
        var bytes = File.ReadAllBytes(path);
        bytes[3] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains($"{path}: the shard has a header with a wrong checksum", Assert.Throws<BadInputException>(() => set.Read(0).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verifying_finds_a_changed_picture()
    {
        using var set = ShardSet.Open(_folder.Path);
        set.Verify();
        var path = _folder.Of("1.tar");
        var bytes = File.ReadAllBytes(path);
        bytes[520] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains($"{path}: its bytes were changed: the checksum is", Assert.Throws<BadInputException>(() => set.Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_shard_is_named()
    {
        File.Delete(_folder.Of("1.tar"));

        Assert.Contains("1.tar: no such file, though the index lists it", OpeningMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_an_index_says_how_to_make_one()
    {
        File.Delete(_folder.Of("index.json"));

        Assert.Contains($"no index.json in it. For shards of another origin write it with: altar shard {_folder.Path} --index", OpeningMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "no index of shards")]
    [InlineData("{\"version\": 2}", "no index of shards")]
    [InlineData("{\"version\": 1, \"shards\": [], \"columns\": []}", "lists none")]
    [InlineData("{\"version\": 1, \"shards\": [{\"name\": \"../0.tar\", \"samples\": 1, \"bytes\": 9}], \"columns\": []}", "a path that leaves its folder")]
    [InlineData("{\"version\": 1, \"shards\": [{\"name\": \"0.tar\", \"samples\": 0, \"bytes\": 9}], \"columns\": []}", "without a name, samples or bytes")]
    public void An_index_that_cannot_be_is_refused(string json, string expected)
    {
        File.WriteAllText(_folder.Of("index.json"), json);

        Assert.Contains(expected, OpeningMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_those_of_the_index_and_an_unknown_column_is_answered_with_the_nearest()
    {
        using var set = ShardSet.Open(_folder.Path);

        Assert.Equal(["a", "b", "c"], set.Classes("label"));
        Assert.Contains("no column 'labels'. There are label; did you mean label?", Assert.Throws<BadInputException>(() => set.Classes("labels")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_of_foreign_shards_is_made_by_reading_them()
    {
        File.Delete(_folder.Of("index.json"));

        var index = ShardScan.Read(_folder.Path);

        Assert.Equal(_folder.Index.Shards, index.Shards);
        Assert.Equal(["label: a b c", "sender: 0 1 2 3 4"], index.Columns.Select(column => $"{column.Name}: {string.Join(' ', column.Values!)}"));
    }
}
