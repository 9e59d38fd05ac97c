using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Heads;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;
using Altar.Tests.Datasets.Shards;
using Altar.Tests.Networks;
using static TorchSharp.torch;

namespace Altar.Tests.Batching;

public sealed class ShardLoaderTests : IDisposable
{
    private static readonly Normalization Unit = new() { Mean = [0, 0, 0], Std = [1, 1, 1] };
    private static readonly BatchOptions Four = new() { Batch = 4, Threads = 2 };
    private static readonly ShardReadOptions Buffer = new() { Buffer = 6 };
    private readonly ShardFolder _folder = new(10, 7, 13);
    private readonly ShardSet _set;
    private readonly SetAside _setAside = new();

    public ShardLoaderTests() => _set = ShardSet.Open(_folder.Path);

    public void Dispose()
    {
        _set.Dispose();
        _folder.Dispose();
    }

    private ShardLoader Loader(BatchOptions? options = null, ShardReadOptions? reading = null, AugmentationOptions? augmentation = null, ShardSet? set = null) =>
        new([new ShardPart(set ?? _set, new ClassColumn("label", ["a", "b", "c"]))], new Augmenter(augmentation ?? AugmentationOptions.None, PixelSize.Square(4)), Unit, _setAside, options ?? Four, reading ?? Buffer, new Seed(3));

    // Every input is read and compared with its number: sample i is grey of level i.
    private static List<string> Take(IEnumerable<Batch> batches, bool checksLevels = true)
    {
        var seen = new List<string>();
        foreach (var batch in batches)
        {
            using (batch)
            using (var inputs = batch.Images.contiguous())
            {
                var values = inputs.data<float>().ToArray();
                if (checksLevels) Assert.Equal(batch.Samples, values.Chunk(48).Select(one => (int)Math.Round(one[0] * 255)));
                Assert.Equal(batch.Samples.Select(number => (long)(number % 3)), batch.Labels.data<long>().ToArray());
                seen.Add($"{batch.Epoch}/{batch.Index}: {string.Join(' ', batch.Samples)} ({values.Sum():R})");
            }
        }

        return seen;
    }

    private static IEnumerable<int> Numbers(IEnumerable<string> seen) => seen.SelectMany(line => line[(line.IndexOf(':') + 2)..line.IndexOf('(')].Trim().Split(' ').Select(int.Parse));

    [Fact]
    public void An_epoch_has_every_sample_once_with_its_picture_and_label()
    {
        using var loader = Loader();
        var first = Take(loader.Epoch(0, preparesNext: true));
        var second = Take(loader.Epoch(1));

        Assert.Equal(8, loader.BatchesPerEpoch);
        Assert.Equal(Enumerable.Range(0, 30), Numbers(first).Order());
        Assert.Equal(Enumerable.Range(0, 30), Numbers(second).Order());
        Assert.NotEqual(Numbers(first), Numbers(second));
    }

    [Fact]
    public void Without_shuffling_the_numbers_ascend()
    {
        using var loader = Loader(Four with { Shuffles = false });

        Assert.Equal(Enumerable.Range(0, 30), Numbers(Take(loader.Epoch(5))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Batches_are_the_same_for_any_number_of_threads(int threads)
    {
        using var two = Loader(augmentation: AugmentationOptions.Hard);
        using var other = Loader(Four with { Threads = threads }, augmentation: AugmentationOptions.Hard);

        Assert.Equal(Take(two.Epoch(1), checksLevels: false), Take(other.Epoch(1), checksLevels: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void An_epoch_is_entered_in_the_middle_of_a_shard_with_the_batches_of_the_whole_one(int firstBatch)
    {
        using var whole = Loader(augmentation: AugmentationOptions.Hard);
        using var resumed = Loader(augmentation: AugmentationOptions.Hard);

        Assert.Equal(Take(whole.Epoch(2), checksLevels: false).Skip(firstBatch), Take(resumed.Epoch(2, firstBatch), checksLevels: false));
    }

    [Fact]
    public void An_epoch_that_was_left_can_be_entered_where_it_was_left()
    {
        using var loader = Loader();
        var whole = Take(loader.Epoch(0));
        foreach (var batch in loader.Epoch(1))
        {
            batch.Dispose();
            break;
        }

        Assert.Equal(whole.Skip(2), Take(loader.Epoch(0, firstBatch: 2)));
    }

    [Fact]
    public void Ranks_share_the_samples()
    {
        using var left = Loader(reading: Buffer with { World = 2, Rank = 0 });
        using var right = Loader(reading: Buffer with { World = 2, Rank = 1 });

        Assert.Equal(left.BatchesPerEpoch, right.BatchesPerEpoch);
        Assert.Equal(Enumerable.Range(0, 30), Numbers(Take(left.Epoch(4))).Concat(Numbers(Take(right.Epoch(4)))).Order());
    }

    [Fact]
    public void A_dropped_last_batch_leaves_nothing_waiting()
    {
        using var loader = Loader(Four with { SmallestBatch = 4 });
        for (var epoch = 0; epoch < 5; epoch++) Assert.Equal(28, Numbers(Take(loader.Epoch(epoch, preparesNext: true))).Distinct().Count());
    }

    [Fact]
    public void A_damaged_picture_is_set_aside_by_shard_and_key()
    {
        var files = Enumerable.Range(0, 30).SelectMany(ShardFolder.Files).ToArray();
        files[2 * 8] = (files[2 * 8].Name, files[2 * 8].Bytes[..40]);
        _folder.WriteIndex(_folder.Index with { Shards = [_folder.Write("all.tar", 30, files)] });
        using var set = ShardSet.Open(_folder.Path);
        using var loader = Loader(set: set);

        Assert.Equal(Enumerable.Range(0, 30).Except([8]), Numbers(Take(loader.Epoch(0))).Order());
        Assert.Equal("all.tar/0008", Assert.Single(_setAside.Items).Path);
    }

    [Fact]
    public void A_shard_that_is_cut_while_it_is_read_stops_the_run_with_its_name()
    {
        var path = _folder.Of("1.tar");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..2580]);   // within its second picture
        using var loader = Loader();

        Assert.Contains($"{path}: the shard ends in the middle of", Assert.Throws<BadInputException>(() => Take(loader.Epoch(0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_no_class_is_named_by_shard_and_key()
    {
        using var loader = new ShardLoader([new ShardPart(_set, new ClassColumn("label", ["a", "b"]))], new Augmenter(AugmentationOptions.None, PixelSize.Square(4)), Unit, _setAside, Four, Buffer, new Seed(3));

        Assert.Matches(@"^\d\.tar/\d{4}: label 'c' is not among the 2 classes", Assert.Throws<BadInputException>(() =>
        {
            foreach (var batch in loader.Epoch(0)) batch.Dispose();
        }).Message);
    }

    [Fact]
    public void Several_sets_give_their_shares_and_their_own_labels()
    {
        using var folder = new ShardFolder(5, 5);
        using var small = ShardSet.Open(folder.Path);
        var layout = HeadLayout.Of([new HeadSpec("letter", HeadKind.Single, ["a", "b", "c"]), new HeadSpec("sender", HeadKind.Value)]);
        ShardPart[] parts =
        [
            new(_set, new HeadColumns(layout, new Dictionary<string, string> { ["letter"] = "label" }), Weight: 1),
            new(small, new HeadColumns(layout, new Dictionary<string, string> { ["sender"] = "sender" }), Weight: 1),
        ];
        using var loader = new ShardLoader(parts, new Augmenter(AugmentationOptions.None, PixelSize.Square(4)), Unit, _setAside, Four, Buffer, new Seed(3));
        var seen = new List<(int Number, long Letter, double Sender)>();
        foreach (var batch in loader.Epoch(0))
        {
            using (batch) seen.AddRange(batch.Samples.Zip(batch.Labels.data<long>().ToArray().Chunk(2), (number, target) => (number, target[0], HeadPlace.ToValue(target[1]))));
        }

        Assert.Equal(40, seen.Count);
        Assert.Equal(20, seen.Count(sample => sample.Number >= 30));
        Assert.All(seen, sample => Assert.Equal(sample.Number < 30 ? (sample.Number % 3, double.NaN) : (-1, sample.Number - 30), (sample.Letter, sample.Sender)));
    }

    [Fact]
    public void No_tensor_and_no_thread_is_left_behind()
    {
        var before = LiveTensors.Count();
        using (var loader = Loader())
        {
            _ = Take(loader.Epoch(0));
            foreach (var batch in loader.Epoch(1, preparesNext: true))
            {
                batch.Dispose();
                break;
            }
        }

        Assert.Equal(before, Tensor.TotalCount);
    }
}
