using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Shards;

public sealed class ShardWriterTests : IDisposable
{
    private static readonly ShardOptions Small = new() { Bytes = 20_000, Threads = 2 };
    private readonly TemporaryFolder _folder = new();
    private readonly SetAside _setAside = new();

    public void Dispose() => _folder.Dispose();

    private string Manifest(int count)
    {
        var lines = Enumerable.Range(0, count).Select(number =>
        {
            _folder.WriteBlobs($"photos/{number}.jpg", (ulong)number, 40, 30);
            return $"photos/{number}.jpg,{ShardFolder.LabelOf(number)},\"hat, \"\"red\"\" {number}\"";
        });
        return _folder.Write("list.csv", "image,label,title\n" + string.Join('\n', lines));
    }

    private ShardIndex Write(string list, string name, ShardOptions? options = null, IProgress<ShardProgress>? progress = null, CancellationToken cancel = default) =>
        new ShardWriter(ShardRows.Open(list), _folder.Of(name), options ?? Small, _setAside).Write(progress, cancel);

    private static List<ShardSample> Samples(string folder)
    {
        using var set = ShardSet.Open(folder);
        set.Verify();
        return [.. Enumerable.Range(0, set.Index.Shards.Count).SelectMany(shard => set.Read(shard))];
    }

    private Dictionary<string, byte[]> Files(string name) => Directory.GetFiles(_folder.Of(name)).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    [Fact]
    public void Every_picture_is_written_once_with_all_columns_and_as_it_was()
    {
        var index = Write(Manifest(30), "out");
        var samples = Samples(_folder.Of("out"));

        Assert.True(index.Shards.Count > 1);
        Assert.All(index.Shards, shard => Assert.InRange(shard.Bytes, 1, Small.Bytes));
        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"{number:D9}"), samples.Select(sample => sample.Key));
        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"photos/{number}.jpg").Order(), samples.Select(sample => sample.Find("image")!).Order());
        Assert.NotEqual("photos/0.jpg photos/1.jpg photos/2.jpg", string.Join(' ', samples.Take(3).Select(sample => sample.Find("image"))));   // shuffled
        Assert.All(samples, sample => Assert.Equal(File.ReadAllBytes(_folder.Of(sample.Find("image")!)), sample.Picture));
        Assert.Contains(samples, sample => sample.Find("title") == "hat, \"red\" 7");
        Assert.Equal(["a", "b", "c"], index.Columns[1].Values!);
    }

    [Fact]
    public void The_same_list_gives_the_same_bytes_for_any_number_of_threads()
    {
        var list = Manifest(30);
        Write(list, "one", Small with { Threads = 1 });
        Write(list, "two", Small with { Threads = 3 });

        Assert.Equal(Files("one"), Files("two"));
    }

    [Fact]
    public void The_order_of_the_list_is_kept_by_option()
    {
        Write(Manifest(5), "out", Small with { Shuffles = false });

        Assert.Equal(["photos/0.jpg", "photos/1.jpg", "photos/2.jpg", "photos/3.jpg", "photos/4.jpg"], Samples(_folder.Of("out")).Select(sample => sample.Find("image")));
    }

    [Fact]
    public void A_folder_with_a_folder_a_class_is_written_with_its_labels()
    {
        _folder.WriteBlobs("photos/cat/1.jpg", 1);
        _folder.WriteBlobs("photos/dog/2.png", 2);
        Write(_folder.Of("photos"), "out", Small with { Bytes = 1_000_000 });

        Assert.Equal(["cat cat/1.jpg", "dog dog/2.png"], Samples(_folder.Of("out")).Select(sample => $"{sample.Find("label")} {sample.Find("image")}").Order());
    }

    [Fact]
    public void Damaged_photos_are_set_aside()
    {
        var list = Manifest(30);
        TestPictures.CutOff(_folder.Of("photos/4.jpg"));

        var index = Write(list, "out");

        Assert.Equal(29, index.Samples);
        Assert.EndsWith("4.jpg", Assert.Single(_setAside.Items).Path, StringComparison.Ordinal);
        Assert.Equal(29, Samples(_folder.Of("out")).Count);
    }

    [Fact]
    public void Too_many_damaged_photos_stop_the_writing()
    {
        var list = Manifest(10);
        TestPictures.CutOff(_folder.Of("photos/4.jpg"));

        Assert.Contains("1 of 10 pictures cannot be read", Assert.Throws<BadInputException>(() => Write(list, "out")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Of("out/index.json")));
    }

    [Fact]
    public void An_interrupted_writing_goes_on_to_the_same_bytes()
    {
        var list = Manifest(40);
        TestPictures.CutOff(_folder.Of("photos/4.jpg"));
        Write(list, "whole");
        using var cancel = new CancellationTokenSource();
        var progress = new Each(report =>
        {
            if (report.Bytes > 30_000) cancel.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Write(list, "parts", progress: progress, cancel: cancel.Token));
        var before = Files("parts");
        Assert.Contains("unfinished.json", before.Keys);
        Assert.DoesNotContain("index.json", before.Keys);
        Assert.DoesNotContain(before.Keys, name => name.EndsWith(".tmp", StringComparison.Ordinal));

        File.Delete(_folder.Of("photos/4.jpg"));   // what was set aside is remembered
        var resumedFrom = int.MaxValue;
        Write(list, "parts", progress: new Each(report => resumedFrom = Math.Min(resumedFrom, report.Samples)));

        Assert.Equal(Files("whole"), Files("parts"));
        Assert.True(resumedFrom > 1);
    }

    [Fact]
    public void A_finished_folder_is_not_written_again()
    {
        var list = Manifest(5);
        Write(list, "out");
        var reports = 0;

        Assert.Equal(5, Write(list, "out", progress: new Each(_ => reports++)).Samples);
        Assert.Equal(0, reports);
    }

    [Fact]
    public void A_folder_with_other_shards_is_refused()
    {
        var list = Manifest(5);
        Write(list, "out");

        Assert.Contains("it holds shards of another list, size or seed", Assert.Throws<BadInputException>(() => Write(list, "out", Small with { Seed = new Seed(9) })).Message, StringComparison.Ordinal);

        File.Delete(_folder.Of("out/index.json"));
        Assert.Contains("it holds .tar files that this list did not begin", Assert.Throws<BadInputException>(() => Write(list, "out")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_there_is_answered_with_the_nearest_one() =>
        Assert.Contains("no column 'file'. There are image, label, title", Assert.Throws<BadInputException>(() => ShardRows.Open(Manifest(1), "file")).Message, StringComparison.Ordinal);

    private sealed class Each(Action<ShardProgress> action) : IProgress<ShardProgress>
    {
        public void Report(ShardProgress value) => action(value);
    }
}
